"""The command line of the offline preview."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TextIO, cast

import typer
from rich.console import Console

import settings
from policy.guardrails import ConfigError, load_config
from preview import diff, files, policies, run, stackfile
from preview.against import Against, against
from preview.plan import PhaseName, Plan
from preview.printable import PrintableStream, printable
from preview.references import StackReferenceError, references
from preview.render import render
from preview.render_diff import render_differences
from preview.render_transition import render_losses, render_transition

__all__ = ["main"]

EXIT_PROGRAM, EXIT_POLICY, EXIT_DATA_LOSS = 1, 2, 3
_MOST_LINES = 10


class PhaseChoice(StrEnum):
    """Which run of the program to show."""

    preview = "preview"
    deployed = "deployed"
    both = "both"


_PHASES: dict[PhaseChoice, tuple[PhaseName, ...]] = {
    PhaseChoice.preview: ("preview",),
    PhaseChoice.deployed: ("deployed",),
    PhaseChoice.both: ("preview", "deployed"),
}


def preview(
    *,
    stack: Annotated[str | None, typer.Option(help="The stack; its file is Pulumi.<stack>.yaml.")] = None,
    config_file: Annotated[Path | None, typer.Option(help="Another file than Pulumi.<stack>.yaml.")] = None,
    phase: Annotated[PhaseChoice, typer.Option(help="Values unknown, values made up, or both.")] = PhaseChoice.both,
    policy_config: Annotated[
        Path | None,
        typer.Option(
            help="The policy pack's configuration; by default policy/config/<stack>.json, else the strict profile "
            "where data is protected, and baseline elsewhere."
        ),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the plan as JSON; - for standard output.")
    ] = None,
    sarif_file: Annotated[Path | None, typer.Option("--sarif", help="Write the findings as SARIF.")] = None,
    junit_file: Annotated[Path | None, typer.Option("--junit", help="Write the findings as JUnit XML.")] = None,
    against_file: Annotated[
        Path | None,
        typer.Option(
            "--against",
            help="Show what `up` would do since an earlier plan, written with --json, or to a state, written with "
            "pulumi stack export.",
        ),
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=PLAN.json",
            help="The plan, written with --json, of a stack that the program reads by StackReference; repeatable.",
        ),
    ] = None,
    allow_data_loss: Annotated[
        bool, typer.Option("--allow-data-loss", help="Accept that --against finds data which would be lost.")
    ] = False,
) -> None:
    """Preview a stack without CLI, account or credentials.

    Exit codes, the first that applies: 0 clean; 1 settings or program error; 2 a mandatory policy is violated;
    3 data would be lost (--against).
    """
    path = config_file or Path(os.path.relpath(run.ROOT / f"Pulumi.{stack or 'dev'}.yaml"))
    try:
        earlier = diff.read(against_file) if against_file is not None else None
        judged, found = _judged(
            path, stack, _PHASES[phase], policy_config=policy_config, reference=reference or (), earlier=earlier
        )
        files.write(judged, json_file=json_file, sarif_file=sarif_file, junit_file=junit_file)
        if json_file is None or str(json_file) != "-":
            _show(judged, found, allow_data_loss=allow_data_loss)
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(141)
    except OSError as error:
        _fail(f"cannot write {error.filename or 'standard output'}: {error.strerror}")
    except (run.ProgramError, stackfile.StackFileError, diff.DiffError, StackReferenceError, ConfigError) as error:
        _fail(str(error))
    if code := _exit_code(judged, found, allow_data_loss=allow_data_loss):
        raise SystemExit(code)


def _exit_code(plan: Plan, found: Against | None, *, allow_data_loss: bool) -> int:
    reports = [result.report for result in plan.phases.values()]
    if any(report is not None and report.mandatory for report in reports):
        return EXIT_POLICY
    return EXIT_DATA_LOSS if found is not None and found.losses and not allow_data_loss else 0


def _judged(
    path: Path,
    stack: str | None,
    phases: tuple[PhaseName, ...],
    *,
    policy_config: Path | None,
    reference: Sequence[str],
    earlier: diff.Earlier | None,
) -> tuple[Plan, Against | None]:
    """Run the program with a stack file and judge it; with an earlier plan, also what `up` would do since."""
    project = stackfile.project_name(run.ROOT)
    file = stackfile.read(path, project, stack)
    prod, protected = _demands(file, project)
    config = policy_config or policies.config_for(run.ROOT, file.stack, protected=prod or protected)
    today = datetime.now(tz=UTC).date()
    pack, raised = load_config(config, today=today), ()
    if prod and policy_config is None:
        pack, raised = policies.at_least_strict(pack, run.ROOT)
    plan = run.plan(file, project=project, phases=phases, references=references(reference))
    found = against(earlier, plan) if earlier is not None else None
    judged = policies.judge(plan, pack, today, path=config, raised=raised)
    return replace(judged, transition=found.to_json() if found else None), found


def _show(plan: Plan, found: Against | None, *, allow_data_loss: bool) -> None:
    """Print the plan, and what `up` would do: what is lost comes first."""
    console = _console()
    if found is not None:
        render_losses(found, console, allowed=allow_data_loss)
    render(plan, console)
    if found is not None:
        render_differences(found.earlier, diff.differences(found.earlier, plan), console)
        render_transition(found, console)


def _demands(file: stackfile.StackFile, project: str) -> tuple[bool, bool]:
    """Whether the environment is prod, and whether data is protected; neither where the settings have faults, which the
    program reports."""
    try:
        parsed = settings.parse(file.values, project, file.stack)
    except settings.SettingsError:
        return False, False
    return parsed.environment == "prod", parsed.protected


def _console() -> Console:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    out = cast("TextIO", PrintableStream(sys.stdout))
    return Console(file=out, no_color=plain, width=None if out.isatty() else 160, soft_wrap=True, emoji=False)


def failure_text(message: str) -> str:
    """A failure as standard error shows it: at most ten lines, however many faults there are."""
    lines = message.splitlines() or ["the program failed without a message"]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"… and {len(lines) - _MOST_LINES + 1} more"]
    return "\n".join([f"error: {lines[0]}", *(f"  {line}" for line in lines[1:])]) + "\n"


def _fail(message: str) -> NoReturn:
    sys.stderr.write(printable(failure_text(message)))
    raise SystemExit(EXIT_PROGRAM)


def main() -> None:
    """Run the command line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(preview)
    app()
