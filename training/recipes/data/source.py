"""Training conversations from whatever `--data` names."""

from dataclasses import replace
from pathlib import Path

from recipes.data.bench_rows import leave_out, read_bench
from recipes.data.conversation import Conversation, Turn, fault_of
from recipes.data.judging import Judging, category_from, conversation_of, read_judging
from recipes.data.layouts import INFO, read_layout
from recipes.data.lines import read_jsonl
from recipes.fault import Fault


def read_conversations(
    path: Path,
    kind: str,
    dataset: str | None = None,
    judge_prompt: Path | None = None,
    without: Path | None = None,
) -> list[Conversation]:
    """Read an export folder, a ProactiveBench folder (reward alone), or a file of one kind of line.

    A file's lines are `{messages: [...]}` with an optional category (what `rationale` writes) or reward data.
    """
    first = next(read_jsonl(path), None) if path.is_file() else None
    in_messages = bool(first) and isinstance(first[1], dict) and "messages" in first[1]
    if without and (kind != "reward" or in_messages or (path / INFO).is_file()):
        raise Fault("--without goes with reward data in ProactiveBench's layout: traces are known there alone")
    if (path / INFO).is_file():
        found = read_layout(path, kind, dataset)
        if kind != "reward":
            return found
        judging = read_judging(judge_prompt)
        return [replace(each, category=each.category or category_from(each.turns, judging)) for each in found]
    if path.is_dir():
        if kind != "reward":
            raise Fault(f"{path} holds no {INFO}: export agent conversations first")
        return judged(path, read_judging(judge_prompt), without)
    if not path.is_file():
        raise Fault(f"{path} is not there: name an export folder or a file")
    if in_messages:
        return [_own(place, row) for place, row in read_jsonl(path)]
    return judged(path, read_judging(judge_prompt), without)


def judged(path: Path, judging: Judging, without: Path | None = None) -> list[Conversation]:
    """Reward data as conversations with the judge: what is asked of it, and the people's verdict.

    Traces of which `without` (a file of reward data) holds a row are left out whole.
    """
    held_out = {row.trace for row in read_bench(without)} if without else set()
    return [conversation_of(row, judging) for row in leave_out(read_bench(path), held_out)]


def _own(place: str, row: dict) -> Conversation:
    try:
        turns = tuple(Turn(each["role"], each["content"]) for each in row["messages"])
    except (TypeError, KeyError) as error:
        raise Fault(f"{place} has no messages with role and content") from error
    wrong = fault_of(turns)
    if wrong:
        raise Fault(f"{place} cannot be trained on: {wrong}")
    return Conversation(turns, place, row.get("category"))
