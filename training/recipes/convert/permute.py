"""llama.cpp's order of the rows of query and key projections."""

import numpy as np

PERMUTED = ("llama",)
"""Architectures whose q and k rows llama.cpp reorders: its rotary embedding pairs neighbours there."""


def permute(weights: np.ndarray, heads: int) -> np.ndarray:
    """Reorder the rows of (heads * size, n): in each head, first and second half are interleaved.

    transformers rotates row i with row i + size/2 of a head, llama.cpp row 2i with row 2i + 1 (its convert script's
    `LlamaModel.permute`). For a LoRA pair the rows are those of B, since W = B A. Without it nothing fails: the model
    loads, and says something near to what it should.
    """
    rows = weights.shape[0]
    if rows % (2 * heads):
        raise ValueError(f"{rows} rows do not divide into {heads} heads of two halves")
    halves = weights.reshape(heads, 2, rows // heads // 2, *weights.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(weights.shape))
