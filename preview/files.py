"""Writes a plan and its findings to files."""

from __future__ import annotations

import sys
from pathlib import Path

from preview.junit import to_junit
from preview.plan import Plan
from preview.printable import json_text
from preview.sarif import to_sarif

__all__ = ["put", "write"]


def write(plan: Plan, *, json_file: Path | None, sarif_file: Path | None, junit_file: Path | None) -> None:
    """Write whichever files are asked for; `-` is standard output. SARIF and JUnit report the last phase.

    Errors: OSError where a file cannot be written.
    """
    last = list(plan.phases.values())[-1]
    off = plan.judged_by.off if plan.judged_by else ()
    if json_file is not None:
        put(json_file, json_text(plan.to_json()))
    if sarif_file is not None and last.report is not None:
        origins = last.origins()
        sarif = to_sarif(
            last.report,
            stack=plan.stack,
            config_file=plan.config_file.as_posix(),
            line_of=lambda urn: plan.lines.get(origins.get(urn, ""), 1),
        )
        put(sarif_file, json_text(sarif))
    if junit_file is not None and last.report is not None:
        put(junit_file, to_junit(last.report, stack=plan.stack, phase=last.name, off=off))


def put(path: Path, text: str) -> None:
    """Write `text` to a file, or to standard output for `-`."""
    if str(path) == "-":
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8")
