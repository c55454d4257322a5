"""A LoRA adapter (PEFT) as a GGUF adapter for llama.cpp."""

import json
import re
from pathlib import Path

import gguf
from safetensors.numpy import load_file
from transformers import AutoConfig

from recipes.convert.finish import finish
from recipes.convert.names import Shape, as_type, gguf_name, in_gguf_order, shape_of
from recipes.fault import Fault

PART = re.compile(r"^base_model\.model\.(?P<name>.+)\.lora_(?P<side>[AB])\.weight$")


def convert_adapter(adapter: Path, base: Path, out: Path, kind: str) -> dict:
    """Write the adapter of a run as GGUF (general.type `adapter`); returns file, bytes, hash and tensors.

    llama.cpp scales by alpha / rank, as PEFT does, so alpha is written and no weight is changed; the rows of B of
    query and key projections take llama.cpp's order.
    """
    config_file, weights_file = adapter / "adapter_config.json", adapter / "adapter_model.safetensors"
    if not config_file.is_file() or not weights_file.is_file():
        raise Fault(f"{adapter} holds no adapter: name the folder `adapter` of a training run")
    config = json.loads(config_file.read_text())
    if config.get("use_dora") or config.get("use_rslora") or config.get("bias", "none") != "none":
        raise Fault(f"{adapter} is no plain LoRA (DoRA, rsLoRA or biases): llama.cpp cannot apply it")
    shape = shape_of(config_of(base))
    tensors = []
    for name, weights in sorted(load_file(weights_file).items()):
        tensors.append(_tensor(name, weights, shape, kind))
    if not tensors:
        raise Fault(f"{weights_file} is empty: nothing was trained")
    out.parent.mkdir(parents=True, exist_ok=True)
    work = out.with_name(f".{out.name}.new")
    writer = gguf.GGUFWriter(work, shape.architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(config["lora_alpha"]))
    for name, weights in tensors:
        writer.add_tensor(name, weights)
    return finish(writer, work, out, len(tensors))


def _tensor(name: str, weights: object, shape: Shape, kind: str) -> tuple[str, object]:
    found = PART.match(name)
    if not found:
        raise Fault(f"the adapter changes {name}, which is no LoRA of a linear layer: llama.cpp cannot apply it")
    weight = f"{found['name']}.weight"
    side = found["side"].lower()
    ordered = in_gguf_order(weight, weights, shape) if side == "b" else weights
    return f"{gguf_name(weight, shape)}.lora_{side}", as_type(ordered, kind)


def config_of(base: Path) -> object:
    """Return the configuration of a base, from its GGUF file or folder."""
    options = {"gguf_file": base.name} if base.is_file() else {}
    try:
        place = base.parent if base.is_file() else base
        return AutoConfig.from_pretrained(str(place), local_files_only=True, **options)
    except Exception as error:
        raise Fault(f"{base} is no model whose configuration can be read ({error})") from error
