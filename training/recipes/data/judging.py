"""The judge's conversations, in the words that Beforehand's own judge uses (src/reward/judgePrompt.ts)."""

import json
from dataclasses import dataclass
from pathlib import Path

from recipes.data.bench_rows import Judged
from recipes.data.conversation import Conversation, Turn
from recipes.data.lines import read_json
from recipes.fault import Fault

SHIPPED = Path(__file__).parents[3] / "src" / "assets" / "prompts" / "judge-1.json"
LONGEST = 400
"""Longest sentence or task that enters a prompt, in characters."""


@dataclass(frozen=True)
class Judging:
    """A versioned prompt file of the judge; `prefix` is what its reply begins with."""

    version: str
    system: str
    opening: str
    proposal: str
    silence: str
    closing: str
    prefix: str


def read_judging(path: Path | None = None) -> Judging:
    """Read a prompt file of the judge, the shipped one by default."""
    file = path or SHIPPED
    value = read_json(file)
    names = Judging.__dataclass_fields__
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in names):
        raise Fault(f"{file} is no prompt of the judge: it needs the texts {', '.join(names)}")
    return Judging(**{name: value[name] for name in names})


def prompt_of(row: Judged, judging: Judging) -> tuple[Turn, Turn]:
    """Return what the judge is asked: system, then the window and the task (or silence) as one user message."""
    lines = [f"- {_one_line(event)}" for event in row.observations]
    then = judging.silence if row.task is None else judging.proposal + _one_line(row.task)
    user = "\n".join([judging.opening, *lines, then, judging.closing])
    return Turn("system", judging.system), Turn("user", user)


def verdict_of(row: Judged) -> str:
    """Return the people's verdict in the judge's words."""
    return "accepted" if row.valid else "rejected"


def reply_of(row: Judged, rationale: str | None = None) -> str:
    """Return the judge's whole answer: the verdict, then its reason where there is one, as JSON without spaces."""
    reply = {"judgement": verdict_of(row)} | ({"rationale": _one_line(rationale)} if rationale else {})
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def conversation_of(row: Judged, judging: Judging, rationale: str | None = None) -> Conversation:
    """Return the conversation that a reward model is trained on."""
    answer = Turn("assistant", reply_of(row, rationale))
    return Conversation((*prompt_of(row, judging), answer), row.place, row.category)


def category_from(turns: tuple[Turn, ...], judging: Judging) -> str | None:
    """Return the category that a conversation in the judge's words implies; None for one in other words.

    An export carries no category: it follows from whether something was offered and whether that was right.
    """
    user, answer = turns[-2].content, turns[-1].content
    try:
        judgement = json.loads(answer).get("judgement")
    except (json.JSONDecodeError, AttributeError):
        return None
    if judgement not in ("accepted", "rejected"):
        return None
    right = judgement == "accepted"
    if user.endswith(f"\n{judging.silence}\n{judging.closing}"):
        return "Correct-Rejection (CR)" if right else "Missed-Need (MN)"
    if f"\n{judging.proposal}" in user:
        return "Correct-Detection (CD)" if right else "False-Alarm (FA)"
    return None


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
