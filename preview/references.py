"""Answers `pulumi.StackReference` from the plans of other stacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preview.diff import SECRET, DiffError, read
from preview.plan import Plan
from settings.model import Hint

__all__ = ["STACK_REFERENCE", "Reference", "ReferenceOptionError", "StackReferenceError", "references", "unread"]

STACK_REFERENCE = "pulumi:pulumi:StackReference"
_UNKNOWN = "<unknown>"


class StackReferenceError(Exception):
    """A reference that cannot be answered; the message is for the user."""


class ReferenceOptionError(StackReferenceError):
    """An option that is not of the form NAME=PLAN.json, or names a stack again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The outputs of another stack as it would be after `up`; secrets among them are masked."""

    outputs: Mapping[str, Any]

    def answer(self, name: str) -> dict[str, Any]:
        """The properties of a StackReference to the stack `name`."""
        secret = sorted(key for key, value in self.outputs.items() if _holds(value, SECRET))
        return {"name": name, "outputs": dict(self.outputs), "secretOutputNames": secret}


def references(options: Iterable[str]) -> dict[str, Reference]:
    """The references that `NAME=PLAN.json` texts give, by the name of the stack.

    Errors: ReferenceOptionError for another form of text; StackReferenceError for a file that is no plan of the
    deployed phase.
    """
    found: dict[str, Reference] = {}
    for option in options:
        name, equals, path = option.partition("=")
        if not (name and equals and path):
            raise ReferenceOptionError(f"--reference {option}: write it as NAME=PLAN.json, where NAME is the stack's")
        if name in found:
            raise ReferenceOptionError(f"--reference {option}: {name} is given twice; keep one")
        found[name] = _read(Path(path))
    return found


def unread(plan: Plan, given: Iterable[str]) -> Iterator[Hint]:
    """References that the program does not read."""
    records = (record for phase in plan.phases.values() for record in phase.of_type(STACK_REFERENCE))
    names = {record.inputs.get("name") for record in records}
    for name in given:
        if name not in names:
            there = f"; it reads {', '.join(sorted(map(str, names)))}" if names else ""
            yield Hint(f"--reference {name}", f"is read by nothing: the program has no StackReference to {name}{there}")


def _read(path: Path) -> Reference:
    try:
        phases = read(path).phases
    except DiffError as error:
        raise StackReferenceError(str(error)) from None
    if "deployed" not in phases:
        raise StackReferenceError(
            f"{path}: has no deployed phase, so its outputs are unknown; write it with --phase both"
        )
    outputs = phases["deployed"].outputs
    unknown = sorted(key for key, value in outputs.items() if _holds(value, _UNKNOWN))
    if unknown:
        raise StackReferenceError(f"{path}: has no value for {', '.join(unknown)}; write it again with --json {path}")
    return Reference(outputs=outputs)


def _holds(value: Any, text: str) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value == text or any(_holds(item, text) for item in inner)
