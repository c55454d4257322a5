"""What all recipes share: arguments of transformers' trainer, resuming, saving."""

import argparse
import inspect
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedTokenizerBase, Trainer, TrainingArguments
from transformers.trainer_callback import PrinterCallback, ProgressCallback
from transformers.trainer_utils import get_last_checkpoint

from recipes.fault import Stopped, say
from recipes.train.progress import Progress
from recipes.train.settings import Settings, write_record


def arguments_of(
    args: argparse.Namespace,
    settings: Settings,
    out: Path,
    kind: type[TrainingArguments] = TrainingArguments,
    **more: Any,
) -> TrainingArguments:
    """Arguments for one run: Adam without weight decay; the rate rises, then falls as a cosine (our choice)."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    names = inspect.signature(kind).parameters
    wanted: dict[str, Any] = {
        "output_dir": str(out / "checkpoints"),
        "num_train_epochs": settings.epochs,
        "max_steps": settings.steps or -1,
        "per_device_train_batch_size": args.micro,
        "gradient_accumulation_steps": settings.batch // (args.micro * world),
        "learning_rate": settings.rate,
        "warmup_ratio": settings.warmup,
        "lr_scheduler_type": "cosine",
        "optim": "adamw_torch",
        "weight_decay": 0.0,
        "bf16": settings.dtype == "bf16",
        "use_cpu": not torch.cuda.is_available(),
        "gradient_checkpointing": args.gradient_checkpointing,
        "logging_steps": 1,
        "save_strategy": "steps",
        "save_steps": args.save_every,
        "save_total_limit": 2,
        "report_to": [],
        "seed": settings.seed,
        "data_seed": settings.seed,
        "dataloader_num_workers": 0,
        "dataloader_pin_memory": torch.cuda.is_available(),
        "remove_unused_columns": False,
        "disable_tqdm": True,
    }
    return kind(**{name: value for name, value in {**wanted, **more}.items() if name in names})


def weights_dtype(args: argparse.Namespace) -> str:
    """Type of the base's weights: weights that are trained stay F32, since bf16 rounds steps of this size away.

    The frozen base under an adapter may be bf16; PEFT keeps the adapter itself in F32.
    """
    return "f32" if args.full else args.dtype


def run_trainer(
    trainer: Trainer, tokenizer: PreTrainedTokenizerBase, settings: Settings, out: Path, facts: dict
) -> dict:
    """Train, going on from the last checkpoint if there is one; save the weights; write and return the record.

    Raises Stopped when Ctrl-C came: the checkpoint of the last step is on disk and the same command goes on.
    """
    progress = Progress()
    for kind in (PrinterCallback, ProgressCallback):
        trainer.remove_callback(kind)
    trainer.add_callback(progress)
    checkpoints = out / "checkpoints"
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None
    if last:
        say(f"training: going on from {Path(last).name}")
    trainer.train(resume_from_checkpoint=last)
    if progress.interrupted and trainer.state.global_step < trainer.state.max_steps:
        raise Stopped(f"stopped at step {trainer.state.global_step}; the same command goes on from there")
    place = out / ("adapter" if settings.lora else "model")
    losses = [each["loss"] for each in trainer.state.log_history if "loss" in each]
    if trainer.is_world_process_zero():
        # Without the embedding PEFT needs no look at the base's folder, which a GGUF file has not.
        trainer.model.save_pretrained(place, **({"save_embedding_layers": False} if settings.lora else {}))
        tokenizer.save_pretrained(place)
        shutil.rmtree(checkpoints, ignore_errors=True)
    record = {
        "settings": asdict(settings),
        "finished": True,
        "steps": trainer.state.global_step,
        "firstLoss": losses[0] if losses else None,
        "lastLoss": losses[-1] if losses else None,
        **facts,
    }
    if trainer.is_world_process_zero():
        write_record(out, record)
    say(f"training: {record['steps']} steps done; the weights are in {place}")
    return record
