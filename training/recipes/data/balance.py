"""Class balancing: the same number of conversations of every category."""

import random
from collections import Counter
from collections.abc import Sequence

from recipes.data.conversation import CATEGORIES, Conversation
from recipes.fault import Fault

WAYS = ("none", "up", "down")


def counts_of(conversations: Sequence[Conversation]) -> dict[str, int]:
    """Count by category, in the order of CATEGORIES; what has none stands under `unknown`."""
    found = Counter(each.category or "unknown" for each in conversations)
    return {name: found[name] for name in (*CATEGORIES, "unknown") if found[name]}


def balance(conversations: Sequence[Conversation], way: str, seed: int) -> list[Conversation]:
    """Repeat the rare (`up`) or leave out of the frequent (`down`) until all categories that occur are equal.

    The same rows, way and seed give the same rows in the same order. `up` keeps every row and repeats whole rounds
    before it draws, so that no row stands more than once oftener than another of its category.
    """
    if way == "none":
        return list(conversations)
    groups: dict[str, list[Conversation]] = {}
    for each in conversations:
        if each.category is None:
            raise Fault(f"{each.place} has no category: balance rows that have one, or use --balance none")
        groups.setdefault(each.category, []).append(each)
    if not groups:
        return []
    draw = random.Random(seed)
    sizes = [len(group) for group in groups.values()]
    wanted = max(sizes) if way == "up" else min(sizes)
    taken = []
    for name in sorted(groups):
        group = groups[name]
        whole, rest = divmod(wanted, len(group))
        taken += group * whole + draw.sample(group, rest)
    draw.shuffle(taken)
    return taken
