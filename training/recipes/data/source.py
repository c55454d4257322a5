"""Training conversations from whatever `--data` names."""

from dataclasses import replace
from pathlib import Path

from recipes.data.bench_rows import read_bench
from recipes.data.conversation import Conversation, Turn, fault_of
from recipes.data.judging import Judging, category_from, conversation_of, read_judging
from recipes.data.layouts import INFO, read_layout
from recipes.data.lines import read_jsonl
from recipes.fault import Fault


def read_conversations(
    path: Path, kind: str, dataset: str | None = None, judge_prompt: Path | None = None
) -> list[Conversation]:
    """Read an export folder, a ProactiveBench folder (reward alone), or a file of one kind of line.

    A file's lines are `{messages: [...]}` with an optional category (what `rationale` writes) or reward data.
    """
    if (path / INFO).is_file():
        found = read_layout(path, kind, dataset)
        if kind != "reward":
            return found
        judging = read_judging(judge_prompt)
        return [replace(each, category=each.category or category_from(each.turns, judging)) for each in found]
    if path.is_dir():
        if kind != "reward":
            raise Fault(f"{path} holds no {INFO}: export agent conversations first")
        return judged(path, read_judging(judge_prompt))
    if not path.is_file():
        raise Fault(f"{path} is not there: name an export folder or a file")
    first = next(read_jsonl(path), None)
    if first and isinstance(first[1], dict) and "messages" in first[1]:
        return [_own(place, row) for place, row in read_jsonl(path)]
    return judged(path, read_judging(judge_prompt))


def judged(path: Path, judging: Judging) -> list[Conversation]:
    """Reward data as conversations with the judge: what is asked of it, and the people's verdict."""
    return [conversation_of(row, judging) for row in read_bench(path)]


def _own(place: str, row: dict) -> Conversation:
    try:
        turns = tuple(Turn(each["role"], each["content"]) for each in row["messages"])
    except (TypeError, KeyError) as error:
        raise Fault(f"{place} has no messages with role and content") from error
    wrong = fault_of(turns)
    if wrong:
        raise Fault(f"{place} cannot be trained on: {wrong}")
    return Conversation(turns, place, row.get("category"))
