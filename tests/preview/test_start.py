"""What `python -m preview` says when an import fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from preview.run import ROOT


def said(folder: Path, cli: str) -> tuple[int, str]:
    """The exit code and what is printed where the module of the command line is `cli`."""
    package = folder / "preview"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text((ROOT / "preview" / "__main__.py").read_text(encoding="utf-8"))
    (package / "cli.py").write_text(cli)
    (folder / "settings").mkdir()
    (folder / "settings" / "__init__.py").write_text("")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "preview"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_a_package_that_is_not_installed(tmp_path: Path) -> None:
    code, text = said(tmp_path, "import no_such_package.part\n")
    assert code == 1
    assert text.startswith("error: the Python package no_such_package is not installed; run `make preview`")


@pytest.mark.parametrize(
    "line", ["import settings.gone", "from settings import gone", "from preview.gone import x", "from json import gone"]
)
def test_a_fault_of_the_projects_own_modules_is_shown(line: str, tmp_path: Path) -> None:
    code, text = said(tmp_path, f"{line}\n")
    assert code == 1
    assert "is not installed" not in text
    assert "gone" in text
    assert "cli.py" in text
