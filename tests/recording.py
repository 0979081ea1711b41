"""Records a small program in both phases, through the offline preview's own recorder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from preview.plan import Phase, Plan, Record
from preview.run import plan
from preview.stackfile import StackFile

__all__ = ["children", "one", "record"]


def record(program: Callable[[], Any], *, region: str = "us-east-1", stack: str = "test", **config: str) -> Plan:
    """Run `program` in both phases and record it."""
    values = {"aws:region": region, **{key.replace("__", ":"): value for key, value in config.items()}}
    file = StackFile(stack=stack, path=Path("test.yaml"), values=values, secret_keys=())
    return plan(file, project="agent-platform", phases=("preview", "deployed"), program=program)


def children(phase: Phase) -> list[tuple[str, str]]:
    """Type and name of every custom resource, sorted."""
    return sorted((record.type, record.name) for record in phase.records if record.custom)


def one(phase: Phase, type_: str, name: str | None = None) -> Record:
    """The one resource of `type_` (and `name`)."""
    found = [record for record in phase.of_type(type_) if name in (None, record.name)]
    assert len(found) == 1, [record.name for record in phase.of_type(type_)]
    return found[0]
