"""Faults that a person can mend, said in one sentence."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn


class Fault(Exception):
    """What went wrong, where (file and line) and how to mend it, in one sentence. Ends a command with exit code 1."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C; what was made so far is kept, and the same command goes on from there."""


def is_first() -> bool:
    """Whether this is the only process, or the first of those that torchrun started."""
    return os.environ.get("RANK", "0") == "0"


def say(line: str) -> None:
    """Tell one line to the person, on stderr: stdout is for results. Of several processes the first one speaks."""
    if is_first():
        print(line, file=sys.stderr, flush=True)


def end_with(work: Callable[[], None]) -> NoReturn:
    """Run a command and exit: 0 done, 1 a fault in one sentence, 130 stopped. Unknown errors keep their trace."""
    try:
        work()
    except Fault as fault:
        say(f"training: {fault}")
        sys.exit(1)
    except (Stopped, KeyboardInterrupt) as stopped:
        say(f"training: {stopped or 'stopped'}")
        sys.exit(130)
    sys.exit(0)
