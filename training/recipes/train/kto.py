"""KTO on unpaired preferences (Ethayarajh et al. 2024), by TRL's trainer."""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import KTOConfig, KTOTrainer

from recipes.data.lines import read_jsonl
from recipes.fault import Fault, say
from recipes.models.base import base_digest, load_base
from recipes.train.encode import render
from recipes.train.lora import config_of
from recipes.train.run import arguments_of, run_trainer, weights_dtype
from recipes.train.settings import open_run, settings_of


def read_unpaired(path: Path) -> list[dict[str, Any]]:
    """Read TRL's unpaired preferences, `{prompt, completion, label}`: both texts, or both lists of messages."""
    file = path / "unpaired.jsonl" if (path / "unpaired.jsonl").is_file() else path
    if file.is_dir():
        found = [each for each in sorted(file.glob("*.jsonl")) if "unpaired" in each.name]
        if len(found) != 1:
            raise Fault(f"{path} holds no file of unpaired preferences: export them or name the file")
        file = found[0]
    rows = []
    for place, row in read_jsonl(file):
        if not isinstance(row, dict) or not isinstance(row.get("label"), bool):
            raise Fault(f"{place} has no label true or false: mend it or export again")
        prompt, completion = row.get("prompt"), row.get("completion")
        if not (_is_text(prompt) and _is_text(completion) or _is_talk(prompt) and _is_talk(completion)):
            raise Fault(f"{place} needs prompt and completion, both text or both lists of messages")
        rows.append({"prompt": prompt, "completion": completion, "label": row["label"]})
    return rows


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_talk(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, dict) and _is_text(each.get("role")) for each in value)
        and all(_is_text(each.get("content")) for each in value)
    )


def weights_of(labels: Sequence[bool]) -> tuple[float, float]:
    """Weights of desirable and undesirable examples, so that both sides weigh the same in all (KTO, section 4.2)."""
    good = sum(labels)
    bad = len(labels) - good
    if not good or not bad:
        raise Fault("KTO needs answers of both labels: these are all " + ("true" if good else "false"))
    return (1.0, good / bad) if good > bad else (bad / good, 1.0)


def train_kto(args: argparse.Namespace) -> dict:
    """Train an adapter (or all weights) on unpaired preferences. Returns the record of the run.

    What does not fill a last batch is left out of that epoch: an answer alone has nothing to be compared with.
    """
    torch.set_num_threads(args.threads)
    if args.micro < 2:
        raise Fault("KTO compares the answers of one batch with each other: --micro must be at least 2")
    rows = read_unpaired(args.data)
    if len(rows) < args.micro:
        raise Fault(f"{args.data} holds {len(rows)} answers: KTO needs at least --micro {args.micro}")
    good, bad = weights_of([row["label"] for row in rows])
    say(f"training: {len(rows)} answers, {sum(row['label'] for row in rows)} wanted; weights {good:.2f}, {bad:.2f}")
    digest = hashlib.sha256("".join(json.dumps(row, sort_keys=True) for row in rows).encode()).hexdigest()
    settings = settings_of(args, "kto", base_digest(args.base), digest)
    finished = open_run(args.out, settings)
    if finished:
        say(f"training: {args.out} holds this very run, finished; nothing is left to do")
        return finished
    base = load_base(args.base, weights_dtype(args))
    torch.manual_seed(settings.seed)
    config = arguments_of(
        args,
        settings,
        args.out,
        KTOConfig,
        beta=settings.beta,
        desirable_weight=good,
        undesirable_weight=bad,
        max_length=settings.length,
        max_prompt_length=settings.length,
        dataset_num_proc=1,
        remove_unused_columns=False,
        dataloader_drop_last=True,
    )
    trainer = KTOTrainer(
        model=base.model,
        ref_model=None,
        args=config,
        train_dataset=Dataset.from_list([_as_text(row, base.tokenizer) for row in rows]),
        processing_class=base.tokenizer,
        peft_config=config_of(base.model, settings.rank, settings.layers) if settings.lora else None,
    )
    facts = {"answers": len(rows), "wanted": sum(row["label"] for row in rows)}
    return run_trainer(trainer, base.tokenizer, settings, args.out, facts)


def _as_text(row: dict[str, Any], tokenizer: Any) -> dict[str, Any]:
    """Messages as the text of the chat template: TRL then adds nothing, and prompts equal those of the runtime."""
    if isinstance(row["prompt"], str):
        return row
    prompt = render(row["prompt"], tokenizer, True)
    whole = render([*row["prompt"], *row["completion"]], tokenizer, False)
    end = tokenizer.eos_token
    # TRL puts the end token behind a completion itself.
    completion = whole[len(prompt) :].rstrip().removesuffix(end)
    return {"prompt": prompt, "completion": completion, "label": row["label"]}
