"""Settings of a training run: the paper's, at full size, unless the person says otherwise."""

import argparse
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from recipes.fault import Fault, is_first

RECORD = "run.json"


@dataclass(frozen=True)
class Settings:
    """What decides a result. `batch` is the effective batch: micro x accumulation x processes. `length` is tokens."""

    recipe: str
    base: str
    data: str
    epochs: float
    steps: int
    batch: int
    rate: float
    warmup: float
    length: int
    seed: int
    dtype: str
    lora: bool
    rank: int
    layers: int
    balance: str
    beta: float = 0.0
    pack: int = 0


def add_training_options(parser: argparse.ArgumentParser, epochs: float) -> None:
    """Add the options of every recipe. Defaults are those of the ProactiveAgent paper (ICLR 2025), as issue 5 names."""
    add = parser.add_argument
    add(
        "--base",
        type=Path,
        required=True,
        help="the base model: a GGUF file, or a folder that transformers wrote",
    )
    add("--data", type=Path, required=True, help="an export folder, a ProactiveBench folder, or a file")
    add("--dataset", help="which data set of dataset_info.json")
    add("--out", type=Path, required=True, help="folder for the result; an interrupted run there goes on")
    add("--epochs", type=float, default=epochs, help="passes over the data (%(default)s)")
    add("--steps", type=int, default=0, help="stop after so many optimiser steps (0: after the epochs)")
    add("--batch", type=int, default=32, help="effective batch (%(default)s)")
    add("--micro", type=int, default=1, help="conversations in memory at once, a process (%(default)s)")
    add("--rate", type=float, default=1e-5, help="learning rate (%(default)s)")
    add("--warmup", type=float, default=0.1, help="share of the steps with a rising rate (%(default)s)")
    add("--length", type=int, default=4096, help="longest conversation in tokens; longer ones are left out")
    add("--seed", type=int, default=0)
    add(
        "--dtype",
        choices=("f32", "bf16"),
        default="f32",
        help="bf16 on GPUs; slower than f32 on most processors",
    )
    add("--full", action="store_true", help="train all weights rather than a LoRA adapter")
    add("--rank", type=int, default=16, help="rank of the adapter; its alpha is twice that (%(default)s)")
    add("--layers", type=int, default=0, help="adapt only so many of the last layers (0: all)")
    add("--balance", choices=("none", "up", "down"), default="none", help="equal classes (MN, CR, CD, FA)")
    add(
        "--pack",
        type=int,
        default=0,
        help="share prompts within trees of so many tokens; the loss is the same (0: off)",
    )
    add("--save-every", type=int, default=50, help="optimiser steps between checkpoints (%(default)s)")
    add("--threads", type=int, default=1, help="processor threads (%(default)s)")
    add("--gradient-checkpointing", action="store_true", help="less memory for a third more time")


def settings_of(args: argparse.Namespace, recipe: str, base: str, data: str) -> Settings:
    """Return the settings of parsed options; `base` and `data` are digests. Impossible numbers are a fault."""
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    if args.micro < 1 or args.batch % (args.micro * processes):
        raise Fault(
            f"--batch {args.batch} is no multiple of --micro {args.micro} times {processes} processes: choose another"
        )
    for name in ("epochs", "batch", "rate", "length", "rank", "save_every", "threads"):
        if getattr(args, name) <= 0:
            raise Fault(f"--{name.replace('_', '-')} must be more than 0")
    if not 0 <= args.warmup < 1:
        raise Fault("--warmup is a share from 0 to 1")
    return Settings(
        recipe=recipe,
        base=base,
        data=data,
        epochs=args.epochs,
        steps=args.steps,
        batch=args.batch,
        rate=args.rate,
        warmup=args.warmup,
        length=args.length,
        seed=args.seed,
        dtype=args.dtype,
        lora=not args.full,
        rank=args.rank,
        layers=args.layers,
        balance=args.balance,
        beta=getattr(args, "beta", 0.0),
        pack=getattr(args, "pack", 0),
    )


def open_run(out: Path, settings: Settings) -> dict | None:
    """Prepare the folder of a run; return the record of a finished run with the same settings, else None.

    A folder that holds a run with other settings is a fault: going on from its checkpoint would mix two runs.
    """
    record = out / RECORD
    if not is_first() and not record.is_file():
        return None  # Of several processes the first makes the folder.
    if record.is_file():
        earlier = json.loads(record.read_text())
        wanted = asdict(settings)
        if earlier.get("settings") != wanted:
            was = earlier.get("settings", {})
            other = ", ".join(sorted(name for name in wanted if was.get(name) != wanted[name]))
            raise Fault(f"{out} holds a run with other settings ({other}): name another --out or remove the folder")
        return earlier if earlier.get("finished") else None
    if out.is_dir() and any(out.iterdir()):
        raise Fault(f"{out} holds something else than a training run: name another --out")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_record(out, {"settings": asdict(settings), "finished": False})
    return None


def write_record(out: Path, record: dict) -> None:
    """Write the record of a run, all or nothing."""
    work = out / f".{RECORD}.new"
    work.write_text(json.dumps(record, indent=2) + "\n")
    work.replace(out / RECORD)
