"""What conversations cost a model: the loss a token on the assistant's words, without training anything."""

import argparse

import torch
from peft import PeftModel

from recipes.data.source import read_conversations
from recipes.models.base import load_base
from recipes.train.encode import encode_all
from recipes.train.tree import grow, loss_of, tensors_of


def measure(args: argparse.Namespace) -> dict:
    """Return the mean loss a token (natural logarithm) of `--data` under the base, and under it with the adapter."""
    torch.set_num_threads(args.threads)
    base = load_base(args.base)
    conversations = read_conversations(args.data, "agent", args.dataset)
    rows, too_long = encode_all(conversations, base.tokenizer, args.length)
    trees = grow(rows, args.pack)
    learned = sum(len(tree.wanted) for tree in trees)
    found = {"conversations": len(rows), "tooLong": too_long, "learnedTokens": learned}
    models = {"base": base.model}
    with torch.inference_mode():
        for name in ("base", "adapter"):
            if name == "adapter":
                if not args.adapter:
                    break
                models[name] = PeftModel.from_pretrained(base.model, str(args.adapter))
            model = models[name].eval()
            found[name] = sum(float(loss_of(model, tensors_of(tree))) for tree in trees) / max(1, learned)
    return found
