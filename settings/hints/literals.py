"""Texts for a shell, where no shell reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from settings.compute.services import Service
from settings.compute.workload import Workload
from settings.hints.registry import hints_at
from settings.model import Hint
from settings.stack import Settings
from settings.texts import placeholders

_SHELLS = ("sh", "bash", "ash", "dash", "zsh", "busybox", "CMD-SHELL")
_OPERATORS = ("&&", "||", "|", ";", ">", ">>", "<", "2>&1", "&")


@hints_at
def _environments(settings: Settings) -> Iterator[Hint]:
    app = settings.edge.amplify
    places = {f"compute.{path}": workload.environment for path, workload in settings.compute.workloads.items()}
    if app is not None:
        places["edge.amplify"] = app.environment
        places |= {f"edge.amplify.branches.{name}": branch.environment for name, branch in app.branches.items()}
    for place, environment in places.items():
        for name, value in environment.items():
            if (written := next((w for w, _ in placeholders(value) if w.startswith("$")), None)) is not None:
                yield Hint(
                    f"{place}.environment.{name}",
                    f"holds {written}, which nobody fills in: the program gets just that; write the value itself",
                )


@hints_at
def _commands(settings: Settings) -> Iterator[Hint]:
    for path, workload in settings.compute.workloads.items():
        yield from _command(f"compute.{path}.command", workload.command, workload)
        yield from _command(f"compute.{path}.entrypoint", workload.entrypoint, workload)
        if isinstance(workload, Service):
            yield from _unread(f"compute.{path}.health_command", workload.health_command, workload.health_command)
    for name, schedule in settings.compute.schedules.items():
        yield from _command(
            f"compute.schedules.{name}.command", schedule.command, settings.compute.tasks[schedule.task]
        )


def _command(key: str, arguments: Sequence[str], workload: Workload) -> Iterator[Hint]:
    return _unread(key, arguments, (*workload.entrypoint, *arguments))


def _unread(key: str, arguments: Sequence[str], line: Sequence[str]) -> Iterator[Hint]:
    """What only a shell understands, where `line`, all that is run, names none."""
    if any(argument.rpartition("/")[2] in _SHELLS for argument in line):
        return
    for i, argument in enumerate(arguments):
        written = next((w for w, _ in placeholders(argument) if w.startswith("$")), None)
        if written is not None or argument in _OPERATORS:
            yield Hint(
                f"{key}[{i}]",
                f"holds {written or argument}, and no shell reads it: the program gets these characters; write "
                "[sh, -c, …] with the whole line as one text, or the value itself",
            )
