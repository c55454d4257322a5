"""Small data of our own in the formats that the recipes read, and a toy base."""

import argparse
import json
from pathlib import Path

from recipes.__main__ import parser
from recipes.fault import Fault
from recipes.models.tiny import write_tiny

CATEGORY = {
    (True, True): "Correct-Detection (CD)",
    (True, False): "False-Alarm (FA)",
    (False, True): "Correct-Rejection (CR)",
    (False, False): "Missed-Need (MN)",
}


def lines(path: Path, rows: list) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def bench_row(n: int, proposed: bool, valid: bool) -> dict:
    return {
        "obs": [{"time": f"{1000 + n}.0", "event": f"The user opens the garden plan, page {n % 3}."}]
        + [{"time": f"{1100 + n}.0", "event": f"The user searches for seeds {n}."}],
        "pred_task": f"List the seeds of bed {n}" if proposed else None,
        "valid": valid,
        "help_needed": proposed == valid,
        "annotation": [valid],
        "category": CATEGORY[proposed, valid],
    }


def bench_folder(folder: Path, counts=(3, 5, 4, 8)) -> Path:
    """CD, FA, CR, MN rows in these numbers."""
    kinds = [kind for kind, count in zip(CATEGORY, counts, strict=True) for _ in range(count)]
    lines(folder / "reward_data" / "train_data.jsonl", [bench_row(n, *kind) for n, kind in enumerate(kinds)])
    return folder


def talk(n: int) -> dict:
    offer = (
        '{"help":true,"task":"sort the seeds","message":"Shall I?","why":"twice","operation":"chat","argument":"sort"}'
    )
    return {
        "conversations": [
            {"from": "human", "value": f"What happened:\n- The user opens page {n}\nIs help wanted now?"},
            {"from": "gpt", "value": offer if n % 2 else '{"help":false}'},
        ],
        "system": "You sit beside a person. Answer in JSON.",
    }


def export_folder(folder: Path, count: int = 8) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines(folder / "agent_sharegpt.jsonl", [talk(n) for n in range(count)])
    info = {"file_name": "agent_sharegpt.jsonl", "formatting": "sharegpt"}
    info["columns"] = {"messages": "conversations", "system": "system"}
    (folder / "dataset_info.json").write_text(json.dumps({"agent_sharegpt": info}))
    return folder


def tiny(folder: Path) -> Path:
    file = folder / "tiny.gguf"
    if not file.exists():
        write_tiny(file)
    return file


def options(*words: object) -> argparse.Namespace:
    return parser().parse_args([str(word) for word in words])


def fault(work) -> str:
    """The one sentence that `work` fails with."""
    try:
        work()
    except Fault as caught:
        assert "\n" not in str(caught)
        return str(caught)
    raise AssertionError("nothing was wrong")
