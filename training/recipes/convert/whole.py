"""A whole model as a GGUF file, with the vocabulary and settings of another GGUF file of the same model."""

from pathlib import Path
from typing import Any

import gguf

from recipes.convert.finish import finish
from recipes.convert.names import as_type, gguf_name, in_gguf_order, shape_of
from recipes.fault import Fault
from recipes.models.base import load_base

LEFT_OUT = ("general.file_type", "general.quantization_version", "general.architecture")


def convert_whole(model: Path, adapter: Path | None, like: Path, out: Path, kind: str) -> dict:
    """Write all weights of `model`, with `adapter` merged in, as F32 or F16; returns file, bytes, hash and tensors.

    `like` lends its keys (vocabulary, template, sizes), which a folder of transformers lacks in llama.cpp's words, and
    its list of tensors, which must be the same.
    """
    weights = load_base(model).model
    if adapter:
        from peft import PeftModel

        weights = PeftModel.from_pretrained(weights, str(adapter)).merge_and_unload()
    shape = shape_of(weights.config)
    reader = _reader(like)
    architecture = reader.fields["general.architecture"].contents()
    if architecture != shape.architecture:
        raise Fault(f"{like} is of the architecture {architecture}, the model is {shape.architecture}")
    wanted = {each.name: tuple(int(size) for size in reversed(each.shape)) for each in reader.tensors}
    out.parent.mkdir(parents=True, exist_ok=True)
    work = out.with_name(f".{out.name}.new")
    writer = gguf.GGUFWriter(work, shape.architecture)
    _copy_keys(reader, writer)
    types = gguf.LlamaFileType
    writer.add_file_type(types.MOSTLY_F16 if kind == "f16" else types.ALL_F32)
    written = set()
    for name, parameter in weights.state_dict().items():
        target = gguf_name(name, shape)
        if target not in wanted and target == "output.weight":
            continue  # The output layer is the embedding's twin here.
        values = in_gguf_order(name, parameter.detach().float().cpu().numpy(), shape)
        if wanted.get(target) != values.shape:
            raise Fault(f"{like} is no file of this model: {target} is {wanted.get(target)}, not {values.shape}")
        writer.add_tensor(target, as_type(values, kind))
        written.add(target)
    missing = set(wanted) - written - {"rope_freqs.weight"}
    if missing:
        raise Fault(f"{like} has tensors that the model lacks: {', '.join(sorted(missing)[:3])}")
    return finish(writer, work, out, len(written))


def _reader(path: Path) -> gguf.GGUFReader:
    try:
        return gguf.GGUFReader(path)
    except Exception as error:
        raise Fault(f"{path} is no whole GGUF file: name one of the same model with --like") from error


def _copy_keys(reader: gguf.GGUFReader, writer: gguf.GGUFWriter) -> None:
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name in LEFT_OUT:
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        value: Any = field.contents()
        if kind == gguf.GGUFValueType.ARRAY and not value:
            continue
        writer.add_key_value(name, value, kind, inner)
