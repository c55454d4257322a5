"""Supervised fine-tuning of the agent and of the reward model."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import Trainer

from recipes.data.balance import balance, counts_of
from recipes.data.conversation import Conversation, digest_of
from recipes.data.source import read_conversations
from recipes.fault import Fault, say
from recipes.models.base import Base, base_digest, load_base
from recipes.train.encode import IGNORED, Encoded, encode_all
from recipes.train.lora import adapt
from recipes.train.run import arguments_of, run_trainer, weights_dtype
from recipes.train.settings import Settings, open_run, settings_of
from recipes.train.tree import TreeTrainer, grow, tensors_of


class _Rows(torch.utils.data.Dataset):
    """Encoded conversations as the trainer takes them."""

    def __init__(self, rows: Sequence[Encoded]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> dict[str, list[int]]:
        return {"input_ids": self.rows[at].ids, "labels": self.rows[at].labels}


def collate(rows: Sequence[dict[str, list[int]]], pad: int) -> dict[str, torch.Tensor]:
    """Pad at the end to the longest row: input_ids, attention_mask and labels, each (rows, longest)."""
    longest = max(len(row["input_ids"]) for row in rows)

    def padded(name: str, filler: int) -> torch.Tensor:
        return torch.tensor([row[name] + [filler] * (longest - len(row[name])) for row in rows])

    mask = [[1] * len(row["input_ids"]) + [0] * (longest - len(row["input_ids"])) for row in rows]
    return {
        "input_ids": padded("input_ids", pad),
        "attention_mask": torch.tensor(mask),
        "labels": padded("labels", IGNORED),
    }


def train_sft(args: argparse.Namespace, recipe: str) -> dict:
    """Train on conversations and write `adapter/` or `model/` into `--out`. Returns the record of the run."""
    torch.set_num_threads(args.threads)
    conversations = read_conversations(args.data, recipe, args.dataset, args.judge_prompt, args.without)
    say(f"training: {len(conversations)} conversations {counts_of(conversations)}")
    chosen = balance(conversations, args.balance, args.seed)
    if not chosen:
        raise Fault(f"{args.data} holds no {recipe} conversation: nothing to train on")
    settings = settings_of(args, recipe, base_digest(args.base), digest_of(chosen))
    finished = open_run(args.out, settings)
    if finished:
        say(f"training: {args.out} holds this very run, finished; nothing is left to do")
        return finished
    base = load_base(args.base, weights_dtype(args))
    return _train(args, settings, base, chosen, args.out)


def _train(args: argparse.Namespace, settings: Settings, base: Base, chosen: Sequence[Conversation], out: Path) -> dict:
    rows, too_long = encode_all(chosen, base.tokenizer, settings.length)
    if too_long:
        say(f"training: {too_long} conversations are longer than {settings.length} tokens and are left out")
    if not rows:
        raise Fault(f"every conversation is longer than --length {settings.length}: raise it")
    torch.manual_seed(settings.seed)
    model = adapt(base.model, settings.rank, settings.layers) if settings.lora else base.model
    model.config.use_cache = False
    pad = base.tokenizer.pad_token_id
    if settings.pack:
        if args.micro != 1:
            raise Fault("--pack makes one tree of many conversations: leave --micro at 1")
        trees = grow(rows, settings.pack)
        before, after = (sum(len(each.ids) for each in some) for some in (rows, trees))
        say(f"training: {before} tokens in {after}, {len(trees)} trees")
        trainer: Trainer = TreeTrainer(
            model=model,
            args=arguments_of(args, settings, out),
            train_dataset=trees,
            data_collator=lambda batch: tensors_of(batch[0]),
        )
    else:
        trainer = Trainer(
            model=model,
            args=arguments_of(args, settings, out),
            train_dataset=_Rows(rows),
            data_collator=lambda batch: collate(batch, pad),
        )
    learned = sum(label != IGNORED for row in rows for label in row.labels)
    facts = {
        "conversations": len(rows),
        "tooLong": too_long,
        "categories": counts_of(chosen),
        "tokens": sum(len(row.ids) for row in rows),
        "learnedTokens": learned,
    }
    return run_trainer(trainer, base.tokenizer, settings, out, facts)
