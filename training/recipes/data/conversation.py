"""A conversation to train on."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROLES = ("system", "user", "assistant")

CATEGORIES = ("Missed-Need (MN)", "Correct-Rejection (CR)", "Correct-Detection (CD)", "False-Alarm (FA)")
"""ProactiveBench's four categories, as its reward data writes them (github.com/thunlp/ProactiveAgent)."""


@dataclass(frozen=True)
class Turn:
    """One message. `role` is one of ROLES."""

    role: str
    content: str

    def as_message(self) -> dict[str, str]:
        """Return it as chat templates and OpenAI-compatible endpoints take it."""
        return {"role": self.role, "content": self.content}


@dataclass(frozen=True)
class Conversation:
    """Messages in order, the last one the assistant's; `place` is `file:line` for people; `category` may be unknown.

    `given` is how the last answer begins where something else decides that (a grammar, a gate): it has no loss. An
    answer that does not end (`ends`) is only its beginning: no end token is learned behind it.
    """

    turns: tuple[Turn, ...]
    place: str
    category: str | None = None
    given: str = ""
    ends: bool = True

    def messages(self) -> list[dict[str, str]]:
        """Return all turns as messages."""
        return [turn.as_message() for turn in self.turns]


def fault_of(turns: Sequence[Turn]) -> str | None:
    """Say why these turns cannot be trained on, or None: system first if at all, then user and assistant in turn."""
    talk = turns[1:] if turns and turns[0].role == "system" else turns
    if len(talk) < 2 or len(talk) % 2:
        return "it does not end with the assistant's answer to a user"
    for at, turn in enumerate(talk):
        if turn.role != ROLES[1 + at % 2]:
            return f"message {at + 1} is by {turn.role} where {ROLES[1 + at % 2]} is due"
        if not turn.content.strip():
            return f"message {at + 1} is empty"
    return None


def digest_of(conversations: Iterable[Conversation]) -> str:
    """SHA-256 over the text of all conversations in order: names the data that a model was trained on."""
    hashed = hashlib.sha256()
    for each in conversations:
        hashed.update(json.dumps(each.messages(), ensure_ascii=False).encode() + b"\n")
    return hashed.hexdigest()
