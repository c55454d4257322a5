"""Asking a model for text: an OpenAI-compatible endpoint, or a local model."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from recipes.fault import Fault

Ask = Callable[[list[dict[str, str]]], str]
"""Messages in, the assistant's text out. Raises Fault when there is no answer to be had."""

KEY = "BEFOREHAND_ENDPOINT_KEY"
TRIES = 3


def ask_endpoint(url: str, model: str, max_tokens: int, seed: int, timeout: float = 120) -> Ask:
    """Ask `{url}/chat/completions` greedily, with the key of BEFOREHAND_ENDPOINT_KEY. Busy answers are tried again."""
    if not url.startswith(("http://", "https://")):
        raise Fault(f"{url} is no address of an endpoint: name one like http://127.0.0.1:8080/v1")
    headers = {"content-type": "application/json"}
    if os.environ.get(KEY):
        headers["authorization"] = f"Bearer {os.environ[KEY]}"

    def ask(messages: list[dict[str, str]]) -> str:
        body = {
            "model": model,
            "messages": messages,
            "max_tokens": max_tokens,
            "temperature": 0,
            "seed": seed,
        }
        request = urllib.request.Request(
            f"{url.rstrip('/')}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )
        why = ""
        for turn in range(TRIES):
            try:
                with urllib.request.urlopen(request, timeout=timeout) as response:
                    return _text_of(json.load(response), url)
            except urllib.error.HTTPError as error:
                why = f"HTTP {error.code}"
                if error.code not in (408, 429, 500, 502, 503, 504):
                    break
            except (OSError, json.JSONDecodeError) as error:
                why = str(getattr(error, "reason", error))
            if turn + 1 < TRIES:
                time.sleep(2**turn)
        raise Fault(f"the endpoint {url} gave no answer ({why}): check that it runs and knows the model {model}")

    return ask


def _text_of(reply: object, url: str) -> str:
    try:
        text = reply["choices"][0]["message"]["content"]  # type: ignore[index]
    except (TypeError, KeyError, IndexError) as error:
        raise Fault(f"the endpoint {url} does not speak the chat completions protocol") from error
    return text if isinstance(text, str) else ""


def ask_local(path: Path, max_tokens: int, threads: int) -> Ask:
    """Ask a model in a file, greedily, in this process."""
    import torch

    from recipes.models.base import load_base
    from recipes.train.encode import render

    torch.set_num_threads(threads)
    base = load_base(path)
    base.model.eval()

    def ask(messages: list[dict[str, str]]) -> str:
        text = render(messages, base.tokenizer, True)
        ids = base.tokenizer(text, add_special_tokens=False, return_tensors="pt").input_ids
        with torch.inference_mode():
            out = base.model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=max_tokens,
                do_sample=False,
                pad_token_id=base.tokenizer.pad_token_id,
                eos_token_id=base.tokenizer.convert_tokens_to_ids(base.tokenizer.eos_token),
            )
        return base.tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)

    return ask
