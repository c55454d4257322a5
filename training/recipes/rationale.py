"""Rationales for a reward model: explain a known verdict, keep what re-derives it while the verdict is hidden."""

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from recipes.data.bench_rows import Judged, read_bench
from recipes.data.judging import Judging, conversation_of, prompt_of, read_judging, verdict_of
from recipes.data.lines import read_jsonl
from recipes.fault import Fault, Stopped, say
from recipes.models.ask import Ask
from recipes.train.progress import words_of

EXPLAIN = (
    "People looked at this moment and their verdict is known: {verdict}. Give the reason in one sentence that speaks"
    " of what happened and of what the assistant did. Do not write the verdict itself. Answer with the sentence alone."
)
DERIVE = (
    "Somebody gave this reason: {rationale}\nFrom the reason alone, was what the assistant did accepted or rejected?"
    " Answer with one word."
)
NAMES = re.compile(r"\b(accept|reject|verdict)\w*", re.IGNORECASE)
REASONS = ("kept", "no sentence", "names the verdict", "verdict not re-derived")


@dataclass(frozen=True)
class Explained:
    """What became of one row: `outcome` is one of REASONS; `rationale` is the sentence, kept or not."""

    place: str
    outcome: str
    rationale: str
    category: str


def explain(row: Judged, judging: Judging, ask: Ask, check: Ask) -> Explained:
    """Ask `ask` for a reason of the known verdict, and `check` for the verdict from that reason alone.

    A reason that names the verdict would let the check read it off; such a one is dropped before it is checked.
    """
    system, user = prompt_of(row, judging)
    moment = user.content.removesuffix(judging.closing).rstrip()

    def asked(words: str) -> list[dict[str, str]]:
        return [{"role": "user", "content": f"{moment}\n\n{words}"}]

    said = " ".join(ask(asked(EXPLAIN.format(verdict=verdict_of(row)))).split()).strip("\"'")
    if len(said) < 12:
        return Explained(row.place, REASONS[1], said, row.category)
    if NAMES.search(said):
        return Explained(row.place, REASONS[2], said, row.category)
    answer = NAMES.findall(check(asked(DERIVE.format(rationale=said))))
    words = {word.lower() for word in answer} & {"accept", "reject"}
    fits = words == {verdict_of(row).removesuffix("ed")}
    return Explained(row.place, REASONS[0] if fits else REASONS[3], said, row.category)


def run(args: argparse.Namespace, ask: Ask, check: Ask, who: str) -> dict:
    """Explain every row of `--data` and write conversations with the kept rationales to `--out`, all or nothing.

    Every answer is kept beside it in a `.part` file at once, so that a stopped run goes on where it was. Returns the
    counts, by outcome and, of the kept, by category.
    """
    judging = read_judging(args.judge_prompt)
    rows = read_bench(args.data)[: args.limit or None]
    part = args.out.with_name(f"{args.out.name}.part")
    settings = f"{who} {judging.version} {_digest([EXPLAIN, DERIVE, *map(repr, rows)])}"
    done = _resume(part, settings)
    if done:
        say(f"training: going on behind {len(done)} rows")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    begun, first = time.monotonic(), len(done)
    with part.open("a", encoding="utf-8") as handle:
        if not done:
            handle.write(json.dumps({"settings": settings}) + "\n")
        try:
            for at in range(len(done), len(rows)):
                done.append(explain(rows[at], judging, ask, check))
                handle.write(json.dumps(asdict(done[-1]), ensure_ascii=False) + "\n")
                handle.flush()
                left = (time.monotonic() - begun) / (at + 1 - first) * (len(rows) - at - 1)
                say(f"row {at + 1} of {len(rows)}, {done[-1].outcome}, {words_of(left)} left")
        except KeyboardInterrupt as stopped:
            raise Stopped(f"stopped behind {len(done)} rows; the same command goes on from there") from stopped
    kept = [(row, made.rationale) for row, made in zip(rows, done, strict=True) if made.outcome == REASONS[0]]
    conversations = [conversation_of(row, judging, rationale) for row, rationale in kept]
    work = args.out.with_name(f".{args.out.name}.new")
    with work.open("w", encoding="utf-8") as handle:
        for each in conversations:
            line = {"messages": each.messages(), "category": each.category}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
    work.replace(args.out)
    part.unlink()
    outcomes = Counter(each.outcome for each in done)
    return {
        "rows": len(rows),
        "by": who,
        **{name: outcomes[name] for name in REASONS},
        "keptByCategory": dict(Counter(row.category for row, _ in kept)),
        "rowsByCategory": dict(Counter(row.category for row in rows)),
    }


def _resume(part: Path, settings: str) -> list[Explained]:
    """Rows of an earlier start of the same run; a last line that was cut is dropped."""
    if not part.is_file():
        return []
    text = part.read_bytes()
    part.write_bytes(text[: text.rfind(b"\n") + 1])
    lines = [value for _, value in read_jsonl(part)]
    if not lines or lines[0].get("settings") != settings:
        raise Fault(f"{part} is of another run (model, prompt or data differ): remove it or name another --out")
    return [Explained(**value) for value in lines[1:]]


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
