"""ProactiveBench's reward data: human votes on proposals and silences (github.com/thunlp/ProactiveAgent)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipes.data.conversation import CATEGORIES
from recipes.data.lines import read_jsonl
from recipes.fault import Fault


@dataclass(frozen=True)
class Judged:
    """A window and what people said of the task (None: silence) at its end. `observations` are sentences, oldest first.

    `trace` names the recorded day: all rows with the same first observation are of one (shared by a split).
    """

    observations: tuple[str, ...]
    task: str | None
    valid: bool
    category: str
    trace: str
    place: str


def read_bench(path: Path, split: str = "train") -> list[Judged]:
    """Read `reward_data/{split}_data.jsonl` of a ProactiveBench folder, or a `.jsonl` file of that layout."""
    file = path if path.is_file() else path / "reward_data" / f"{split}_data.jsonl"
    if not file.is_file():
        raise Fault(f"{path} holds no reward_data/{split}_data.jsonl: name a folder in ProactiveBench's layout")
    return [_judged(place, row) for place, row in read_jsonl(file)]


def _judged(place: str, row: Any) -> Judged:
    def broken(why: str) -> Fault:
        return Fault(f"{place} is no row of reward data: {why}")

    if not isinstance(row, dict):
        raise broken("it is no object")
    seen = row.get("obs")
    if not isinstance(seen, list) or not seen:
        raise broken("obs is no list of observations")
    sentences = []
    for each in seen:
        event = each.get("event") if isinstance(each, dict) else None
        if not isinstance(event, str):
            raise broken("an observation has no event")
        sentences.append(event)
    task = row.get("pred_task")
    if task is not None and not isinstance(task, str):
        raise broken("pred_task is neither text nor null")
    if not isinstance(row.get("valid"), bool):
        raise broken("valid is neither true nor false")
    valid = row["valid"]
    category = row.get("category")
    if category not in CATEGORIES:
        raise broken(f"category is none of {', '.join(CATEGORIES)}")
    first = seen[0]
    return Judged(tuple(sentences), task, valid, category, f"{first.get('time')} {sentences[0]}", place)


def leave_out(rows: list[Judged], traces: set[str]) -> list[Judged]:
    """Return the rows of all other traces: a split of rows would leak, since windows of one day share their text."""
    return [row for row in rows if row.trace not in traces]
