"""What is given to `make` is text: neither make nor its shell runs what stands in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from preview.run import ROOT


@pytest.mark.parametrize("target", ["stack", "state-backend", "preview"])
@pytest.mark.parametrize("name", ["CONFIG", "NAME", "STACK", "BUCKET", "REGION", "ACCOUNT"])
def test_runs_nothing_that_it_is_given(target: str, name: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    for text in (f"$(shell touch {made})", f"`touch {made}`", f"$(touch {made})", f'";touch {made};"'):
        given = {"CONFIG": "systems/knwl.yaml", "NAME": "mine", name: text}
        arguments = [f"{key}={value}" for key, value in given.items()]
        subprocess.run(
            ["make", "-f", str(ROOT / "Makefile"), target, f"VENV={tmp_path}", f"PY={Path('/bin/true')}", *arguments],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert not made.exists(), text
