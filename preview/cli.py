"""The command line of the offline preview."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TextIO, cast

import typer
from rich.console import Console

from policy.guardrails import ConfigError
from preview import diff, files, run, stackfile
from preview.faults import SettingsFaultsError, failure_text, to_json
from preview.judged import Judged, Request, inputs, judged
from preview.options import (
    AgainstFile,
    AllErrors,
    AllowDataLoss,
    ConfigFile,
    EscFile,
    FaultsFile,
    JsonFile,
    JunitFile,
    PhaseChoice,
    PhaseOption,
    PolicyConfig,
    References,
    SarifFile,
    Stack,
    StrictHints,
    SummaryFile,
    WithTree,
    WithWatch,
)
from preview.plan import PhaseName
from preview.printable import PrintableStream, printable
from preview.references import ReferenceOptionError, StackReferenceError
from preview.render import render
from preview.summary import markdown
from preview.tree import tree
from preview.usage import check_files, check_options, check_watch
from preview.watch import watch

__all__ = ["main"]

EXIT_PROGRAM, EXIT_POLICY, EXIT_DATA_LOSS, EXIT_HINTS, EXIT_USAGE = 1, 2, 3, 4, 64
# UsageError, of the click that typer brings, or in older versions is built on.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])


_STANDARD_OUTPUT = {"-"}


_PHASES: dict[PhaseChoice, tuple[PhaseName, ...]] = {
    PhaseChoice.preview: ("preview",),
    PhaseChoice.deployed: ("deployed",),
    PhaseChoice.both: ("preview", "deployed"),
}


def preview(
    *,
    stack: Stack = None,
    config_file: ConfigFile = None,
    esc_file: EscFile = None,
    phase: PhaseOption = PhaseChoice.both,
    policy_config: PolicyConfig = None,
    json_file: JsonFile = None,
    sarif_file: SarifFile = None,
    junit_file: JunitFile = None,
    against_file: AgainstFile = None,
    reference: References = None,
    allow_data_loss: AllowDataLoss = False,
    with_tree: WithTree = False,
    summary_file: SummaryFile = None,
    strict_hints: StrictHints = False,
    all_errors: AllErrors = False,
    faults_file: FaultsFile = None,
    with_watch: WithWatch = False,
) -> None:
    """Preview a stack without CLI, account or credentials.

    Exit codes, the first that applies: 0 clean; 1 settings or program error; 2 a mandatory policy is violated;
    3 data would be lost (--against); 4 there are hints (--strict-hints); 64 a wrong option.
    """
    check_options(stack=stack, against=against_file, allow_data_loss=allow_data_loss)
    path = config_file or Path(os.path.relpath(run.ROOT / f"Pulumi.{stack or 'dev'}.yaml"))
    outputs = {
        "--json": json_file,
        "--sarif": sarif_file,
        "--junit": junit_file,
        "--faults": faults_file,
        "--summary": summary_file,
    }
    check_files(outputs, stack_file=path, against=against_file, policy_config=policy_config, reference=reference or ())
    request = Request(
        path=path,
        stack=stack,
        phases=_PHASES[phase],
        policy_config=policy_config,
        reference=reference or (),
        against=against_file,
        esc=esc_file,
    )

    def once() -> None:
        _preview(
            request,
            outputs,
            allow_data_loss=allow_data_loss,
            with_tree=with_tree,
            strict_hints=strict_hints,
            all_errors=all_errors,
        )

    if with_watch:
        check_watch(outputs, read=inputs(request), strict_hints=strict_hints)
        watch(once, lambda: inputs(request))
    else:
        once()


def _preview(
    request: Request,
    outputs: Mapping[str, Path | None],
    *,
    allow_data_loss: bool,
    with_tree: bool,
    strict_hints: bool,
    all_errors: bool,
) -> None:
    json_file, summary_file, faults_file = (outputs[option] for option in ("--json", "--summary", "--faults"))
    try:
        result = judged(request)
        first, page = result.page(allow_data_loss=allow_data_loss)
        files.write(result.plan, json_file=json_file, sarif_file=outputs["--sarif"], junit_file=outputs["--junit"])
        if summary_file is not None:
            files.put(summary_file, markdown(first, page))
        if not _STANDARD_OUTPUT & {str(json_file), str(summary_file)}:
            shown = next(iter(result.plan.phases.values()))
            render(first, page, _console(), tree=tree(shown) if with_tree else None)
        if faults_file is not None:
            files.put(faults_file, to_json(None))
        sys.stdout.flush()
    except OSError as error:
        _fail(f"cannot write {error.filename or 'standard output'}: {error.strerror}")
    except _FAILURES as error:
        _end(error, (faults_file, json_file if str(json_file) == "-" else None), all_errors=all_errors)
    if code := _exit_code(result, allow_data_loss=allow_data_loss, strict_hints=strict_hints):
        raise SystemExit(code)


def _exit_code(result: Judged, *, allow_data_loss: bool, strict_hints: bool) -> int:
    reports = [phase.report for phase in result.plan.phases.values()]
    if any(report is not None and report.mandatory for report in reports):
        return EXIT_POLICY
    if result.against is not None and result.against.losses and not allow_data_loss:
        return EXIT_DATA_LOSS
    return EXIT_HINTS if strict_hints and result.plan.hints else 0


def _console() -> Console:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    out = cast("TextIO", PrintableStream(sys.stdout))
    return Console(file=out, no_color=plain, width=None if out.isatty() else 160, soft_wrap=True, emoji=False)


_FAILURES = (
    SettingsFaultsError,
    run.ProgramError,
    stackfile.StackFileError,
    diff.DiffError,
    StackReferenceError,
    ConfigError,
)


def _end(error: Exception, faults_files: Sequence[Path | None], *, all_errors: bool) -> NoReturn:
    """Write the failure's faults as JSON where that is asked for, print them, and exit."""
    try:
        for file in dict.fromkeys(faults_files):
            if file is not None:
                files.put(file, to_json(error))
    except OSError as problem:
        _fail(f"cannot write {problem.filename or 'standard output'}: {problem.strerror}")
    text = error.text(every_name=all_errors) if isinstance(error, SettingsFaultsError) else str(error)
    _fail(text, all_errors=all_errors, code=EXIT_USAGE if isinstance(error, ReferenceOptionError) else EXIT_PROGRAM)


def _fail(message: str, *, all_errors: bool = False, code: int = EXIT_PROGRAM) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.write(printable(failure_text(message, all_errors=all_errors)))
    raise SystemExit(code)


def main() -> None:
    """Run the command line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(preview)
    try:
        typer.main.get_command(app).main(prog_name="python -m preview", standalone_mode=False)
    except _UsageError as error:
        text = " ".join(str(getattr(error, "format_message", error.__str__)()).split()).rstrip(".")
        _fail(f"{text.replace('Value error, ', '')}; `python -m preview --help` lists the options", code=EXIT_USAGE)
