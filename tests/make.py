"""Runs the Makefile in a folder of its own, with a Python that prints what it is given."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from preview.run import ROOT

__all__ = ["make"]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `make` does with `arguments`; each argument of a Python command is printed on a line of its own."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    tools = folder / ".venv" / "bin"
    tools.mkdir(parents=True, exist_ok=True)
    (tools / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tools / "python").chmod(0o755)
    for stamp in (".made", ".runtime", ".dev"):
        (folder / ".venv" / stamp).touch()
    ours = ("STACK", "CONFIG", "MAKEFLAGS", "MAKELEVEL")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
