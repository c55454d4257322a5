"""A toy base model with random weights, for tests and the smallest loop: it runs everywhere and knows nothing."""

import json
from pathlib import Path

import gguf
import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>'"
    " + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
TEXT = (
    "The user opens a page and reads it. The user searches for a word and copies a line into a note.",
    '{"help":true,"task":"collect the pages","message":"shall I","why":"it was searched twice"}',
    '{"help":false} accepted rejected help is wanted now what happened in the list',
)


def _vocabulary() -> tuple[list[str], list[str]]:
    """Tokens and merges of a byte-level BPE over TEXT: every byte has a token, so any text can be written."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=420, initial_alphabet=alphabet, special_tokens=list(SPECIAL), show_progress=False
    )
    tokenizer.train_from_iterator(TEXT * 2, trainer)
    tokens = sorted(tokenizer.get_vocab().items(), key=lambda each: each[1])
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return [token for token, _ in tokens], [" ".join(each) for each in merges]


def write_tiny(path: Path, seed: int = 0) -> None:
    """Write an F32 llama GGUF: 2 layers, width 64, 4 heads of 16 over 2 key heads, context 2048, about 0.7 MB."""
    layers, width, inner, heads, key_heads = 2, 64, 128, 4, 2
    tokens, merges = _vocabulary()
    draw = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("toy")
    writer.add_context_length(2048)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(heads)
    writer.add_head_count_kv(key_heads)
    writer.add_rope_dimension_count(width // heads)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    writer.add_token_types([control if token in SPECIAL else normal for token in tokens])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)

    def matrix(name: str, rows: int, columns: int) -> None:
        # Values large enough that different weights say different things.
        values = draw.standard_normal((rows, columns)) / np.sqrt(columns) * 1.5
        writer.add_tensor(name, values.astype(np.float32))

    def ones(name: str) -> None:
        writer.add_tensor(name, np.ones(width, np.float32))

    matrix("token_embd.weight", len(tokens), width)
    for layer in range(layers):
        at = f"blk.{layer}"
        ones(f"{at}.attn_norm.weight")
        ones(f"{at}.ffn_norm.weight")
        matrix(f"{at}.attn_q.weight", width, width)
        matrix(f"{at}.attn_k.weight", width // heads * key_heads, width)
        matrix(f"{at}.attn_v.weight", width // heads * key_heads, width)
        matrix(f"{at}.attn_output.weight", width, width)
        matrix(f"{at}.ffn_gate.weight", inner, width)
        matrix(f"{at}.ffn_up.weight", inner, width)
        matrix(f"{at}.ffn_down.weight", width, inner)
    ones("output_norm.weight")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
