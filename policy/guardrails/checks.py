"""Checks that many rules share: a flag with a required value, a property that must be set or be one of a few values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .model import Context, Outcome, undecided, violation
from .types import normalise
from .values import ABSENT, UNKNOWN, Node

KEY_TYPES = ("kms/key", "kms/alias", "kms/replicaKey", "kms/externalKey")


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean property that must be `want`; `default` is the provider's value when it is absent.

    `inherited_from`: properties that name a source which the value is inherited from when it is absent.
    """

    type: str
    path: str
    want: bool = True
    default: bool = False
    inherited_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """A string property with its accepted values; `default` is the provider's value when it is absent."""

    type: str
    path: str
    accept: tuple[str, ...]
    default: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a resource type that a rule reads: a document, an environment, a destination."""

    type: str
    path: str


Row = Flag | Switch


def types_of(rows: Sequence[Any]) -> tuple[str, ...]:
    """The resource types that a table of rows declares, in order."""
    return tuple(dict.fromkeys(row.type for row in rows))


def judge_rows(rows: Sequence[Row]) -> Any:
    """A check of every row for the resource's type."""

    def check(ctx: Context) -> Iterator[Outcome]:
        kind = normalise(ctx.resource.type)
        for row in rows:
            if row.type == kind:
                yield from judge_row(ctx, row)

    return check


def judge_row(ctx: Context, row: Row) -> Iterator[Outcome]:
    """Checks one property against one row."""
    node = ctx.at(row.path)
    if isinstance(row, Switch):
        yield from one_of(node, row.accept, row.default)
        return
    if node.absent and any(not ctx.at(path).absent for path in row.inherited_from):
        yield undecided(f"{row.path} is inherited from the source in {_names(row.inherited_from)}")
        return
    yield from must_be(node, row.want, row.default)


def must_be(node: Node, want: bool, default: bool) -> Iterator[Outcome]:
    """Checks a boolean."""
    value = node.flag(default)
    if value is UNKNOWN:
        yield undecided(f"{node.path} cannot be determined")
    elif value is not want:
        yield violation(f"{node.path} must be {str(want).lower()}" + (" (it is absent)" if node.absent else ""))


def one_of(node: Node, accept: Collection[str], default: str = "") -> Iterator[Outcome]:
    """Checks that a string is one of the accepted values; the message never includes the value."""
    value = node.text(default)
    if value is UNKNOWN:
        yield undecided(f"{node.path} cannot be determined")
    elif value.casefold() not in {item.casefold() for item in accept}:
        yield violation(f"{node.path} must be {' or '.join(accept)}" + (" (it is absent)" if node.absent else ""))


def must_be_set(ctx: Context, node: Node, supplied_by: Sequence[str] = ()) -> Iterator[Outcome]:
    """Checks that a value is set; an unknown one counts as set when a resource of these types supplies it."""
    if node.absent or node.value == "":
        yield violation(f"{node.path} must be set")
    elif node.unknown:
        prop = node.path.partition(".")[0].partition("[")[0]
        if not (supplied_by and ctx.stack.sources(ctx.resource, prop, supplied_by)):
            yield undecided(f"{node.path} cannot be determined")
    elif not isinstance(node.value, str):
        yield undecided(f"{node.path} must be a string")


def at_least(node: Node, minimum: float, default: float) -> Iterator[Outcome]:
    """Checks that a number is at least `minimum`."""
    value = node.number(default)
    if value is UNKNOWN:
        yield undecided(f"{node.path} cannot be determined")
    elif value < minimum:
        yield violation(f"{node.path} must be at least {minimum:g}" + (" (it is absent)" if node.absent else ""))


def set_flag(path: str, value: bool, inherited_from: Sequence[str] = ()) -> Any:
    """A remediation that sets one top-level boolean, unless it has the value already."""

    def remediate(props: Mapping[str, Any]) -> Mapping[str, Any] | None:
        if props.get(path, ABSENT) is value or any(key in props for key in inherited_from):
            return None
        return {path: value}

    return remediate


def _names(paths: Sequence[str]) -> str:
    return " or ".join(paths)
