"""Runs the program in process, once per phase, as the engine would run it."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import runpy
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import config as runtime_config
from pulumi.runtime import settings as runtime_settings
from pulumi.runtime import stack as runtime_stack
from pulumi.runtime.proto import engine_pb2

from preview import check, unanswered
from preview.autonaming import Autonaming
from preview.loop import quiet_loop
from preview.monitor import Recorder
from preview.plan import Phase, PhaseName, Plan
from preview.providers import Provider
from preview.references import Reference
from preview.stackfile import StackFile

__all__ = ["ROOT", "ProgramError", "plan", "run_phase"]

ROOT = Path(__file__).resolve().parent.parent
Program = Callable[[], Any]
# Shorter texts stand in any message by chance.
_SHORTEST_SECRET = 4
# Rounds of the event loop without an output settled after which the SDK takes over.
_IDLE_ROUNDS = 200
# Resources of a phase up to which its garbage is collected before the next phase, in a process that collects none.
_COLLECTED = 1000


class ProgramError(Exception):
    """The program failed, or registered what the engine would refuse; the message is for the user."""


class _Engine:
    """Collects what the program logs as warning or error."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def Log(self, request: Any) -> None:  # noqa: N802
        if request.severity == engine_pb2.WARNING:
            self.warnings.append(request.message)


def plan(
    stack_file: StackFile,
    *,
    project: str,
    phases: tuple[PhaseName, ...],
    program: Program | None = None,
    references: Mapping[str, Reference] | None = None,
) -> Plan:
    """Run the program once for each of `phases`. `references` are the stacks whose outputs it may read, by name.

    Errors: ProgramError, with every fault, where the program fails or registers what the engine refuses.
    """
    done: dict[PhaseName, Phase] = {}
    for phase in phases:
        _collect(done)
        done[phase] = run_phase(phase, stack_file, project=project, program=program, references=references)
    faults = check.across(list(done.values()))
    if faults:
        raise ProgramError("\n".join(faults))
    origins = {record.origin for phase in done.values() for record in phase.records}
    lines = {origin: stack_file.line_of(origin) for origin in sorted(origins)}
    return Plan(stack=stack_file.stack, config_file=stack_file.path, phases=done, lines=lines)


def run_phase(
    phase: PhaseName,
    stack_file: StackFile,
    *,
    project: str,
    program: Program | None = None,
    references: Mapping[str, Reference] | None = None,
) -> Phase:
    """Run `program`, by default the project's own, in a fresh context and record it.

    Errors: ProgramError as in `plan`; SystemExit and KeyboardInterrupt pass through.
    """
    default = Provider.of({key: stack_file.values.get(f"aws:{key}") for key in ("region", "defaultTags")})
    stack = stack_file.stack
    autonaming = Autonaming.of(stack_file.values.get("pulumi:autonaming"), stack=stack, project=project)
    recorder = Recorder(phase, project, stack, default_provider=default, autonaming=autonaming, references=references)
    engine = _Engine()
    context = contextvars.Context()
    with quiet_loop() as (loop, strays), _without_gc(), unanswered.noticed() as unread:
        try:
            with _without_stack_traces():
                context.run(_configure, recorder, engine, stack_file, project, phase)
                context.run(
                    loop.run_until_complete, runtime_stack.run_in_stack(lambda: _settled(program or _main_program))
                )
        except pulumi.RunError as error:
            raise ProgramError(_redacted(str(error), recorder, stack_file)) from None
        except Exception as error:
            raise ProgramError(_redacted(_one_line(error), recorder, stack_file)) from None
    if strays:
        raise ProgramError(_redacted(_one_line(strays[0]), recorder, stack_file))
    result = recorder.result(tuple(engine.warnings))
    faults = recorder.faults + check.within(result) + unread
    if faults:
        raise ProgramError("\n".join(faults))
    return result


def _collect(done: Mapping[PhaseName, Phase]) -> None:
    """Collect the garbage of the phases `done`, where the process does not do so by itself.

    Resources and outputs refer to each other, so that only a search frees them. In a common plan it costs a tenth of
    a second and saves 6 MB; with thousands of resources it costs seconds, a third of the whole plan.
    """
    if not gc.isenabled() and 0 < sum(len(phase.records) for phase in done.values()) <= _COLLECTED:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
            gc.collect()


def _main_program() -> None:
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")


async def _settled(program: Program) -> None:
    """Run the program, and let its registrations settle before the SDK waits for what is left.

    The SDK waits for outputs one by one and looks at all others each time, which takes longer than all the rest
    once there are thousands; when it starts to wait, here, next to nothing is left.
    """
    program()
    settings: Any = runtime_settings.SETTINGS
    outputs, rpcs = settings.outputs, settings.rpc_manager
    idle, before = 0, -1
    while outputs and rpcs.unhandled_exception is None and idle < _IDLE_ROUNDS:
        await asyncio.sleep(0)
        idle = idle + 1 if len(outputs) == before else 0
        before = len(outputs)


def _configure(recorder: Recorder, engine: _Engine, stack_file: StackFile, project: str, phase: PhaseName) -> None:
    runtime_settings.configure(
        runtime_settings.Settings(
            project=project,
            stack=stack_file.stack,
            monitor=recorder,
            engine=engine,
            dry_run=phase == "preview",
            organization="organization",
            root_directory=str(ROOT),
        )
    )
    runtime_config.set_all_config(stack_file.values, list(stack_file.secret_keys))


@contextmanager
def _without_gc() -> Iterator[None]:
    """Pause garbage collection: registration makes no garbage worth the repeated scans."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _without_stack_traces() -> Iterator[None]:
    """Cut stack traces to one frame: the SDK takes one per registration, for the engine's messages, and none is shown.

    It looks for the frame of the resource's constructor and sends no trace where there is none.
    """
    missing = object()
    before = getattr(sys, "tracebacklimit", missing)
    sys.tracebacklimit = 1
    try:
        yield
    finally:
        if before is missing:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = before


def _redacted(message: str, recorder: Recorder, stack_file: StackFile) -> str:
    """The message without any secret that the program was given or has registered."""
    secrets = recorder.secrets() | {
        stack_file.values[key] for key in stack_file.secret_keys if key in stack_file.values
    }
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            message = message.replace(secret, "<secret>")
    return message


def _one_line(error: BaseException) -> str:
    """Name the fault and the program's own line that led to it."""
    while type(error) is Exception and isinstance(error.__cause__, Exception):
        error = error.__cause__
    text = " ".join(str(error).split()) or "no message"
    if len(text) > 600:
        text = text[:600] + " …"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] not in (".venv", "preview"):
            return f"{path.relative_to(ROOT)}:{frame.lineno}: {type(error).__name__}: {text}"
    return f"{type(error).__name__}: {text}"
