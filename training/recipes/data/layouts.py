"""LLaMA-Factory's ShareGPT and Alpaca layouts, named by `dataset_info.json` (its data/README.md)."""

from pathlib import Path
from typing import Any

from recipes.data.conversation import CATEGORIES, Conversation, Turn, fault_of
from recipes.data.lines import read_json, read_rows
from recipes.fault import Fault

INFO = "dataset_info.json"


def choose_dataset(folder: Path, kind: str, name: str | None) -> tuple[str, dict[str, Any]]:
    """Return (name, description) of the data set called `name`, else of the only one whose name holds `kind`."""
    info = read_json(folder / INFO)
    if not isinstance(info, dict) or not all(isinstance(each, dict) for each in info.values()):
        raise Fault(f"{folder / INFO} does not map names to data sets: export again")
    fitting = [name] if name else [each for each in info if kind in each.lower()]
    known = ", ".join(info) or "none"
    if len(fitting) == 1 and fitting[0] in info:
        return fitting[0], info[fitting[0]]
    if not name and len(fitting) > 1:
        # The two layouts of one export hold the same rows: either will do.
        shared = [each for each in fitting if info[each].get("formatting") == "sharegpt"]
        if len(shared) == 1:
            return shared[0], info[shared[0]]
    raise Fault(f"{folder / INFO} names {known}; say with --dataset which of them is the {kind} data")


def read_layout(folder: Path, kind: str, name: str | None = None) -> list[Conversation]:
    """Read one data set of an export folder. Every row that cannot be trained on is a fault, named by its place."""
    _, described = choose_dataset(folder, kind, name)
    file_name = described.get("file_name")
    if not isinstance(file_name, str) or Path(file_name).name != file_name:
        raise Fault(f"{folder / INFO} names no plain file_name for the {kind} data: export again")
    columns = described.get("columns", {})
    formatting = described.get("formatting", "alpaca")
    if formatting not in ("alpaca", "sharegpt"):
        raise Fault(f"{folder / INFO} has the unknown formatting {formatting}: alpaca or sharegpt is read here")
    found = []
    for place, row in read_rows(folder / file_name):
        if not isinstance(row, dict):
            raise Fault(f"{place} is no row of named columns: mend it or export again")
        if formatting == "sharegpt":
            turns = _sharegpt(row, columns, described.get("tags", {}))
        else:
            turns = _alpaca(row, columns)
        wrong = fault_of(turns) if turns is not None else "its columns are not those of dataset_info.json"
        if wrong:
            raise Fault(f"{place} cannot be trained on: {wrong}")
        category = row.get("category")
        given, ends = row.get("given", ""), row.get("ends", True)
        if not isinstance(given, str) or not isinstance(ends, bool) or not turns[-1].content.startswith(given):
            raise Fault(f"{place}: given is no beginning of its answer, or ends no true or false: export again")
        found.append(Conversation(tuple(turns), place, category if category in CATEGORIES else None, given, ends))
    return found


def _sharegpt(row: dict, columns: dict, tags: dict) -> list[Turn] | None:
    messages = row.get(columns.get("messages", "conversations"))
    role_key, text_key = tags.get("role_tag", "from"), tags.get("content_tag", "value")
    roles = {
        tags.get("system_tag", "system"): "system",
        tags.get("user_tag", "human"): "user",
        tags.get("assistant_tag", "gpt"): "assistant",
    }
    if not isinstance(messages, list):
        return None
    turns = []
    system = row.get(columns.get("system", "system"))
    if isinstance(system, str) and system:
        turns.append(Turn("system", system))
    for message in messages:
        role = roles.get(message.get(role_key)) if isinstance(message, dict) else None
        if role is None or not isinstance(message.get(text_key), str):
            return None
        turns.append(Turn(role, message[text_key]))
    return turns


def _alpaca(row: dict, columns: dict) -> list[Turn] | None:
    def text(part: str, usual: str) -> str:
        value = row.get(columns.get(part, usual))
        return value if isinstance(value, str) else ""

    history = row.get(columns.get("history", "history")) or []
    turns = [Turn("system", text("system", "system"))] if text("system", "system") else []
    for pair in history:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
            return None
        turns += [Turn("user", pair[0]), Turn("assistant", pair[1])]
    # LLaMA-Factory joins instruction and input with one line break.
    question = "\n".join(part for part in (text("prompt", "instruction"), text("query", "input")) if part)
    return [*turns, Turn("user", question), Turn("assistant", text("response", "output"))]
