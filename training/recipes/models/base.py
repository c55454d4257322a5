"""Loading a base model from a file: a GGUF file, or a folder that transformers wrote. Never from a hub."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import gguf
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase
from transformers.utils import logging

from recipes.fault import Fault

DTYPES = {"f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}


@dataclass(frozen=True)
class Base:
    """A model, its tokenizer, and the SHA-256 that names the file (of the folder's configuration and index else)."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    digest: str


def file_digest(path: Path) -> str:
    """SHA-256 of a file as lower-case hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def base_digest(path: Path) -> str:
    """Name a base: the hash of its GGUF file, or one over the names and hashes of a folder's weight files."""
    if path.is_file():
        return file_digest(path)
    files = sorted([*path.glob("*.safetensors"), *path.glob("config.json")])
    if not files:
        raise Fault(f"{path} is no model: name a GGUF file or a folder with config.json and *.safetensors")
    return hashlib.sha256("".join(f"{each.name} {file_digest(each)}\n" for each in files).encode()).hexdigest()


def load_tokenizer(path: Path) -> PreTrainedTokenizerBase:
    """Load the tokenizer of a base; it must have a chat template and an end token."""
    place, options = _where(path)
    try:
        tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=True, **options)
    except Exception as error:
        raise Fault(f"the tokenizer of {path} cannot be loaded ({_short(error)})") from error
    if path.is_file():
        _take_special_tokens(path, tokenizer)
    if not tokenizer.chat_template or tokenizer.eos_token is None:
        raise Fault(f"{path} has no chat template or no end token: use an instruction-tuned model")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def _take_special_tokens(path: Path, tokenizer: PreTrainedTokenizerBase) -> None:
    """Set begin, end and padding as the GGUF file says: transformers 4.57 takes the begin token for the end token."""
    fields = gguf.GGUFReader(path).fields
    for name in ("bos", "eos"):
        field = fields.get(f"tokenizer.ggml.{name}_token_id")
        if field is not None:
            setattr(tokenizer, f"{name}_token", tokenizer.convert_ids_to_tokens(int(field.contents())))


def load_base(path: Path, dtype: str = "f32") -> Base:
    """Load a base in the given type of number; quantised GGUF weights are unpacked (needs `accelerate`)."""
    digest = base_digest(path)
    tokenizer = load_tokenizer(path)
    place, options = _where(path)
    logging.disable_progress_bar()
    try:
        model = AutoModelForCausalLM.from_pretrained(place, local_files_only=True, dtype=DTYPES[dtype], **options)
    except Exception as error:
        raise Fault(f"{path} cannot be loaded as a model ({_short(error)})") from error
    model.config.pad_token_id = tokenizer.pad_token_id
    return Base(model, tokenizer, digest)


def _where(path: Path) -> tuple[str, dict[str, str]]:
    if path.is_file():
        return str(path.parent), {"gguf_file": path.name}
    if not path.is_dir():
        raise Fault(f"{path} is not there: name a GGUF file or a folder of a model")
    return str(path), {}


def _short(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
