"""The programs and stack files that run under the engine."""

from __future__ import annotations

import contextlib
import os
import runpy
import sys
from pathlib import Path

from preview import run, stackfile
from preview.plan import Plan
from preview.run import ROOT

__all__ = ["SAMPLE", "SAMPLE_FILE", "STACK_FILES", "offline"]

SAMPLE = Path(__file__).parent / "sample"
SAMPLE_FILE = SAMPLE / "Pulumi.dev.yaml"
# Every stack of this project: its folder and its file.
STACK_FILES = (
    [(ROOT, path) for path in sorted([*ROOT.glob("Pulumi.*.yaml"), *ROOT.glob("systems/*.yaml")])]
    if (ROOT / "__main__.py").exists()
    else []
)


def offline(program: Path, stack_file: Path) -> Plan:
    """The offline plan of a program's stack, both phases."""
    project = stackfile.project_name(program)
    return run.plan(
        stackfile.read(stack_file, project),
        project=project,
        phases=("preview", "deployed"),
        program=lambda: _run(program),
    )


def _run(program: Path) -> None:
    sys.path.insert(0, str(program))
    try:
        with contextlib.chdir(program):
            runpy.run_path(os.fspath(program / "__main__.py"), run_name="__main__")
    finally:
        sys.path.remove(str(program))
