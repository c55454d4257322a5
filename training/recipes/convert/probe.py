"""What transformers says, to hold the runtime's answers against."""

import json
import sys
from pathlib import Path

import torch

from recipes.models.base import load_base
from recipes.train.encode import render


def probe_stdin(base: Path, adapter: Path | None) -> list[dict]:
    """Read `[{messages, prefix, choices}]` from stdin; return for each its prompt's token ids and P(choice).

    P is over the first tokens of the choices, normalised, as `Llm.score` of the runtime gives it.
    """
    torch.set_num_threads(1)
    loaded = load_base(base)
    model, tokenizer = loaded.model, loaded.tokenizer
    if adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, str(adapter))
    model.eval()
    said = []
    for each in json.load(sys.stdin):
        text = render(each["messages"], tokenizer, True) + each["prefix"]
        ids = tokenizer(text, add_special_tokens=False).input_ids
        with torch.inference_mode():
            logits = model(torch.tensor([ids])).logits[0, -1].double()
        firsts = [tokenizer(choice, add_special_tokens=False).input_ids[0] for choice in each["choices"]]
        chances = torch.softmax(logits[firsts], 0)
        said.append({"ids": ids, "probabilities": chances.tolist()})
    return said
