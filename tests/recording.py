"""Records a program in either phase, when a test first reads it, through the offline preview's own recorder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from preview import check
from preview.plan import Phase, PhaseName, Plan, Record
from preview.run import ProgramError, run_phase
from preview.stackfile import StackFile

__all__ = ["children", "every_phase", "one", "plan_of", "record", "with_values"]

_PHASES: tuple[PhaseName, ...] = ("preview", "deployed")


class _Phases(Mapping[PhaseName, Phase]):
    """The phases of a plan, each recorded when it is first read."""

    def __init__(self, file: StackFile, program: Callable[[], Any] | None) -> None:
        self._file, self._program = file, program
        self._done: dict[PhaseName, Phase] = {}

    def with_values(self, values: Mapping[str, str]) -> Plan:
        return plan_of(replace(self._file, values={**self._file.values, **values}), self._program)

    def __getitem__(self, name: PhaseName) -> Phase:
        if name not in self._done:
            if name not in _PHASES:
                raise KeyError(name)
            self._done[name] = run_phase(name, self._file, project="agent-platform", program=self._program)
            if faults := check.across(list(self._done.values())):
                raise ProgramError("\n".join(faults))
        return self._done[name]

    def __iter__(self) -> Iterator[PhaseName]:
        return iter(_PHASES)

    def __len__(self) -> int:
        return len(_PHASES)


def record(program: Callable[[], Any], *, region: str = "us-east-1", stack: str = "test", **config: str) -> Plan:
    """The plan of `program`, which runs once for each phase that is read."""
    values = {"aws:region": region, **{key.replace("__", ":"): value for key, value in config.items()}}
    return plan_of(StackFile(stack=stack, path=Path("test.yaml"), values=values, secret_keys=()), program)


def plan_of(file: StackFile, program: Callable[[], Any] | None = None) -> Plan:
    """The plan of a stack, by default with the project's own program."""
    return Plan(stack=file.stack, config_file=file.path, phases=_Phases(file, program))


def with_values(plan: Plan, values: Mapping[str, str]) -> Plan:
    """The plan of the same program and stack with some configuration values replaced.

    Errors: TypeError for a plan that was not made here, whose configuration is unknown.
    """
    if not isinstance(plan.phases, _Phases):
        raise TypeError(f"{plan.config_file}: not a plan of plan_of()")
    return plan.phases.with_values(values)


def every_phase(plan: Plan) -> Plan:
    """The plan with both phases recorded, for a program that is expected to fail, or to do more than to register."""
    for name in plan.phases:
        plan.phases[name]
    return plan


def children(phase: Phase) -> list[tuple[str, str]]:
    """Type and name of every custom resource, sorted."""
    return sorted((record.type, record.name) for record in phase.records if record.custom)


def one(phase: Phase, type_: str, name: str | None = None) -> Record:
    """The one resource of `type_` (and `name`)."""
    found = [record for record in phase.of_type(type_) if name in (None, record.name)]
    assert len(found) == 1, [record.name for record in phase.of_type(type_)]
    return found[0]
