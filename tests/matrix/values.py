"""Three values of a knob: what its type gives away, and what the tables by hand say."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotated_types import Ge, Gt, Le, Lt
from pydantic_core import PydanticUndefined

from settings.keys import core
from tests.matrix.knobs import Knob

__all__ = ["ABSENT", "Case", "Patch", "derived", "of"]


class _Absent:
    def __repr__(self) -> str:
        return "absent"


ABSENT = _Absent()
"""The value of a key that is left out."""


class Patch(dict[str, Any]):
    """A value that takes more than one key: what to write into the entry, or into the stack's areas."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A knob with its three values, and what must be there `beside` it for them to be allowed.

    `beside` is of the entry, or of the areas for a knob of the whole stack. `{name}` in a text is the entry's name.
    `raises` is for a value that AWS only raises: the steps that would lower it are left out.
    """

    knob: str = ""
    a: Any
    b: Any
    absent: Any = ABSENT
    note: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)
    apart: bool = False
    raises: bool = False

    @property
    def name(self) -> str:
        """The knob, with the note that tells its cases apart."""
        return f"{self.knob} ({self.note})" if self.note else self.knob

    @property
    def values(self) -> tuple[Any, Any, Any]:
        """The values of the three plans."""
        return self.absent, self.a, self.b


def of(a: Any, b: Any, /, beside: Mapping[str, Any] | None = None, **options: Any) -> Case:
    """A case of the tables by hand; its knob is the key of its row."""
    return Case(a=a, b=b, beside=beside or {}, **options)


def derived(knob: Knob, base: Mapping[str, Any]) -> tuple[Any, Any] | None:
    """Two further values of a knob by its type, its default and its limits; `base` has what an entry must say."""
    kind, default = core(knob.field.annotation), base.get(knob.within, knob.field.default)
    if kind is bool:
        return (True, False) if default in (None, PydanticUndefined) else (not default, default)
    if typing.get_origin(kind) is typing.Literal:
        others = [value for value in typing.get_args(kind) if value != default]
        return (others[0], others[1]) if len(others) > 1 else (others[0], default)
    return _numbers(knob, default) if kind is int else None


def _numbers(knob: Knob, default: Any) -> tuple[int, int] | None:
    limits = [*knob.field.metadata, *_inner_limits(knob.field.annotation)]
    least = max((int(_bound(limit)) for limit in limits if isinstance(limit, Ge | Gt)), default=0)
    most = min((int(_bound(limit)) for limit in limits if isinstance(limit, Le | Lt)), default=2**31)
    start = default if isinstance(default, int) else least
    found = (start + 1, start + 2) if start + 2 <= most else (start - 1, start - 2)
    return found if min(found) >= least else None


def _bound(limit: Ge | Gt | Le | Lt) -> Any:
    return next(getattr(limit, name) for name in ("ge", "gt", "le", "lt") if hasattr(limit, name))


def _inner_limits(annotation: Any) -> list[Any]:
    """The limits of `Annotated[int, Field(ge=…)] | None`."""
    found: list[Any] = []
    for arg in typing.get_args(annotation):
        found += [arg] if isinstance(arg, Ge | Gt | Le | Lt) else [*getattr(arg, "metadata", ()), *_inner_limits(arg)]
    return [limit for limit in found if isinstance(limit, Ge | Gt | Le | Lt)]
