"""Reading JSON files so that every fault names file and line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recipes.fault import Fault


def read_jsonl(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (`file:line`, value) of a JSON-lines file in UTF-8, line by line; blank lines are passed over."""
    try:
        handle = path.open("rb")
    except OSError as error:
        raise Fault(f"{path} cannot be read ({error.strerror}): name another file") from error
    with handle:
        for number, line in enumerate(handle, 1):
            place = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                yield place, json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except UnicodeDecodeError as error:
                raise Fault(f"{place} is not UTF-8 text: save the file as UTF-8") from error
            except json.JSONDecodeError as error:
                raise Fault(
                    f"{place} is not one JSON value ({error.msg} at column {error.colno}): mend or remove the line"
                ) from error


def read_json(path: Path) -> Any:
    """Return the value of a JSON file in UTF-8."""
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Fault(f"{path} cannot be read ({error.strerror}): name another file") from error
    except UnicodeDecodeError as error:
        raise Fault(f"{path} is not UTF-8 text: save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Fault(f"{path}:{error.lineno} is not JSON ({error.msg}): mend the file or export again") from error


def read_rows(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (place, row) of a `.jsonl` file or of a `.json` file that holds a list."""
    if path.suffix == ".jsonl":
        yield from read_jsonl(path)
        return
    rows = read_json(path)
    if not isinstance(rows, list):
        raise Fault(f"{path} holds no list of rows: export it again")
    for number, row in enumerate(rows, 1):
        yield f"{path} (row {number})", row
