"""Faults as lines for a person: one for equal faults of siblings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from policy.guardrails.secret_detection import masked_secrets
from settings.model import Fault

__all__ = ["fault_lines", "grouped", "printable"]

# The value in front of a reason, by which siblings may differ.
_VALUE = re.compile(r"('[^']*'|\"[^\"]*\"|-?\d[\d.]*|true|false) (?=is |has |holds |must |does |looks )")
_SEGMENT = re.compile(r"\[\d+\]|[^.\[]+")
_NAMED = 3


def fault_lines(faults: Sequence[Fault], *, every_name: bool = False) -> list[str]:
    """One line for each fault, or for equal faults of siblings, with the names of the first ones or of all."""
    return [printable(_line(group, every_name=every_name)) for group in grouped(faults)]


def printable(line: str) -> str:
    """The line, whatever a key in it holds: no line break, no control character, nothing that looks like a secret."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in masked_secrets(line))


def grouped(faults: Sequence[Fault]) -> Iterator[list[Fault]]:
    """The faults in their order, those of siblings together that are equal but for the sibling's name and value."""
    families: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, fault in enumerate(faults):
        for family in _families(fault):
            families[family].append(number)
    done: set[int] = set()
    for number, fault in enumerate(faults):
        if number in done:
            continue
        alike = max(([n for n in families[family] if n not in done] for family in _families(fault)), key=len)
        done.update(alike)
        yield [faults[n] for n in alike]


def _families(fault: Fault) -> Iterator[tuple[object, ...]]:
    segments = _SEGMENT.findall(fault.key)
    value = _VALUE.match(fault.reason)
    reason = fault.reason[value.end() :] if value else fault.reason
    for i in range(1, len(segments)):
        yield (reason, i, *segments[:i], None, *segments[i + 1 :])
    yield (reason, *segments)


def _line(group: Sequence[Fault], *, every_name: bool) -> str:
    first, *others = group
    line = f"{first.key}: {first.reason}"
    if not others:
        return line
    segments = [_SEGMENT.findall(fault.key) for fault in group]
    position = next(i for i, names in enumerate(zip(*segments, strict=True)) if len(set(names)) > 1)
    names = [parts[position] for parts in segments[1:]]
    shown = names if every_name or len(names) <= _NAMED + 1 else names[:_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"{line} (also {', '.join(shown)}{more})"
