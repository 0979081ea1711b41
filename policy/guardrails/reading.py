"""Reads files and JSON text that anybody may have written: within limits, and refused with one reason."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NoReturn

__all__ = ["ReadingError", "parse_json", "read_text"]

_UNITS = ((1024 * 1024, "MiB"), (1024, "KiB"), (1, "bytes"))
# Deeper than any plan or state; the JSON reader itself gives up at the interpreter's limit.
_DEEPEST = 200


class ReadingError(ValueError):
    """What cannot be read; the message is the reason alone, and `place` the line and column where there is one."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.place = place


def read_text(path: Path, *, most: int) -> str:
    """The text of a file of at most `most` bytes; no more is read.

    Errors: OSError where it cannot be opened, ReadingError where it is larger or is not UTF-8.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size, unit = next((size, unit) for size, unit in _UNITS if most >= size)
        raise ReadingError(f"is larger than {most // size} {unit}, the most that is read")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise ReadingError("is not UTF-8 text") from None


def parse_json(text: str) -> Any:
    """The value in JSON text.

    Errors: ReadingError for text that is not JSON, a key that appears twice in one object, a number that is not
    finite, and objects and lists within each other more than 200 levels deep.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_number, parse_float=_finite)
    except ReadingError:
        raise
    except json.JSONDecodeError as error:
        raise ReadingError(f"is not valid JSON ({error.msg})", f"{error.lineno}:{error.colno}") from None
    except RecursionError:
        raise ReadingError(f"has more than {_DEEPEST} levels of objects and lists") from None
    except ValueError:
        raise ReadingError("has a number with too many digits") from None
    _check_depth(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise ReadingError(f"{json.dumps(twice[:80])} is there twice in one object; keep one of them")
    return made


def _refuse_number(text: str) -> NoReturn:
    raise ReadingError(f"has {text}, which is no number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ReadingError("has a number too large to be read")
    return number


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise ReadingError(f"has more than {_DEEPEST} levels of objects and lists")
        level = [
            item
            for holder in level
            for item in (holder.values() if isinstance(holder, dict) else holder if isinstance(holder, list) else ())
        ]
