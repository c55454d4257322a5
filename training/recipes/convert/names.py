"""What the two conversions share: architecture, heads, names of tensors."""

from dataclasses import dataclass

import gguf
import numpy as np
from transformers import PretrainedConfig

from recipes.convert.permute import PERMUTED, permute
from recipes.fault import Fault

ARCHITECTURES = {
    "llama": gguf.MODEL_ARCH.LLAMA,
    "mistral": gguf.MODEL_ARCH.LLAMA,
    "qwen2": gguf.MODEL_ARCH.QWEN2,
    "qwen3": gguf.MODEL_ARCH.QWEN3,
}
"""transformers' model_type to llama.cpp's architecture, for those whose weights need no other change."""


@dataclass(frozen=True)
class Shape:
    """What a conversion needs to know of a model. `names` maps transformers' names to llama.cpp's."""

    architecture: str
    heads: int
    key_heads: int
    names: gguf.TensorNameMap


def shape_of(config: PretrainedConfig) -> Shape:
    """Return the shape of a model, or a fault that names what can be converted."""
    arch = ARCHITECTURES.get(config.model_type)
    if arch is None:
        known = ", ".join(ARCHITECTURES)
        raise Fault(f"models of type {config.model_type} cannot be converted here; {known} can")
    return Shape(
        architecture=gguf.MODEL_ARCH_NAMES[arch],
        heads=config.num_attention_heads,
        key_heads=config.num_key_value_heads,
        names=gguf.get_tensor_name_map(arch, config.num_hidden_layers),
    )


def gguf_name(name: str, shape: Shape) -> str:
    """Return llama.cpp's name of a tensor that transformers calls `name`."""
    found = shape.names.get_name(name, try_suffixes=(".weight", ".bias"))
    if found is None:
        raise Fault(f"the tensor {name} has no name in llama.cpp: this model cannot be converted")
    return found


def in_gguf_order(name: str, weights: np.ndarray, shape: Shape) -> np.ndarray:
    """Return rows in llama.cpp's order; `name` is transformers', weights have the projection's rows."""
    if shape.architecture not in PERMUTED:
        return weights
    if ".q_proj." in name:
        return permute(weights, shape.heads)
    if ".k_proj." in name:
        return permute(weights, shape.key_heads)
    return weights


def as_type(weights: np.ndarray, kind: str) -> np.ndarray:
    """Matrices in the asked type; vectors (norms, biases) stay F32, as llama.cpp wants them."""
    return weights.astype(np.float16 if kind == "f16" and weights.ndim > 1 else np.float32)
