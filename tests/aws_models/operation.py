"""Which AWS operation creates a resource type, and where its properties go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.aws_models.limit import Limit

__all__ = ["Operation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The operation behind a resource type.

    Properties go to the members of the same name (case, plural and the type's own name apart: `name` of a role is
    `RoleName`); only what is named otherwise is written down. Paths are dotted and pass through lists.
    """

    service: str
    """The service, as botocore calls it."""
    name: str
    """The operation."""
    root: str = ""
    """Member path below which all properties lie."""
    members: Mapping[str, str] = field(default_factory=dict)
    """Property path -> member path, from where the parent property leads; `Operation:member` is of another one."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Property that holds JSON text -> member path whose shape the text has."""
    words: Mapping[str, Limit] = field(default_factory=dict)
    """Property path -> limit that the model states in words only."""
    ignored: Mapping[str, str] = field(default_factory=dict)
    """Property path -> why it is not checked although a member has its name."""
