"""Conversion to GGUF; what the runtime makes of it is tested in test/model/training.test.ts."""

from pathlib import Path

import gguf
import numpy as np
from fixtures import fault, tiny
from peft import LoraConfig
from safetensors.numpy import load_file, save_file

from recipes.convert.adapter import convert_adapter
from recipes.convert.permute import permute
from recipes.convert.whole import convert_whole
from recipes.models.base import load_base
from recipes.train.lora import adapt


def test_permute_interleaves_the_halves_of_each_head():
    rows = np.arange(8)[:, None]
    assert permute(rows, 2)[:, 0].tolist() == [0, 2, 1, 3, 4, 6, 5, 7]
    assert permute(rows, 1)[:, 0].tolist() == [0, 4, 1, 5, 2, 6, 3, 7]


def test_a_model_read_and_written_again_is_the_same_file_of_weights(folder: Path):
    base = tiny(folder)
    made = convert_whole(base, None, base, folder / "again.gguf", "f32")
    before, after = gguf.GGUFReader(base), gguf.GGUFReader(folder / "again.gguf")
    assert made["tensors"] == len(before.tensors) == len(after.tensors)
    again = {each.name: each.data for each in after.tensors}
    for each in before.tensors:
        assert np.array_equal(each.data, again[each.name]), each.name
    keys = {name for name in before.fields if not name.startswith("GGUF.")}
    for name in keys - {"general.file_type"}:
        assert before.fields[name].contents() == after.fields[name].contents(), name


def test_an_adapter_keeps_alpha_names_and_shapes(folder: Path):
    base = tiny(folder)
    adapt(load_base(base).model, 4, 1).save_pretrained(folder / "adapter", save_embedding_layers=False)
    made = convert_adapter(folder / "adapter", base, folder / "a.gguf", "f16")
    reader = gguf.GGUFReader(folder / "a.gguf")
    assert made["tensors"] == 14 and reader.fields["adapter.lora.alpha"].contents() == 8.0
    assert reader.fields["general.type"].contents() == "adapter"
    shapes = {each.name: tuple(reversed([int(size) for size in each.shape])) for each in reader.tensors}
    assert shapes["blk.1.attn_k.weight.lora_a"] == (4, 64)
    assert shapes["blk.1.attn_k.weight.lora_b"] == (32, 4)


def test_what_cannot_be_converted_is_said(folder: Path):
    base = tiny(folder)
    assert "holds no adapter" in fault(lambda: convert_adapter(folder, base, folder / "a.gguf", "f16"))
    adapter = folder / "adapter"
    adapt(load_base(base).model, 4, 1).save_pretrained(adapter, save_embedding_layers=False)
    weights = load_file(adapter / "adapter_model.safetensors")
    save_file({**weights, "base_model.model.lm_head.weight": np.ones((2, 2))}, adapter / "adapter_model.safetensors")
    assert "no LoRA of a linear layer" in fault(lambda: convert_adapter(adapter, base, folder / "a.gguf", "f16"))
    LoraConfig(use_rslora=True).save_pretrained(str(adapter))
    assert "no plain LoRA" in fault(lambda: convert_adapter(adapter, base, folder / "a.gguf", "f16"))
    assert not (folder / "a.gguf").exists()
    cut = folder / "cut.gguf"
    cut.write_bytes(base.read_bytes()[:3000])
    assert "no whole GGUF" in fault(lambda: convert_whole(base, None, cut, folder / "w.gguf", "f16"))
