"""The samples of output in the README are what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from preview.run import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BROKEN = """\
config:
  aws:region: us-east-1
  pulumi:autonaming: {providers: {aws: {pattern: "${stack}-${name}-${hex(7)}"}}}
  agent-platform:environment: dev
  agent-platform:networking:
    zones: [us-east-1a, us-east-1b]
    cidr: 10.20.1.0/16
  agent-platform:compute:
    services:
      api:
        image: example/api:1
        port: 8000
        cpu: 512
        architecture: amd64
        health_command: [curl, -f, http://localhost:8000/]
        command: celery -A shop beat
        memroy: 1024
"""


def sample(first: str) -> list[str]:
    """The lines of the one sample that begins with `first`."""
    blocks = [block for _, block in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
    (block,) = [block for block in blocks if block.startswith(first)]
    return block.splitlines()


def printed(folder: Path, *arguments: str) -> str:
    """What the preview prints in `folder`, on both outputs."""
    command = [sys.executable, "-m", "preview", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    return done.stderr + done.stdout


def assert_in_order(lines: list[str], text: str) -> None:
    """Each line stands in the text, after the one before it; `…` at its end or alone stands for anything."""
    at = 0
    for line in lines:
        if line == "…":
            continue
        start = line.removesuffix("…")
        found = text.find(start, at)
        assert found >= 0, line
        if start == line:
            assert text[found + len(start) : found + len(start) + 1] in ("\n", ""), line
        at = found + len(start)


def test_the_preview_of_knwl() -> None:
    assert_in_order(sample("knwl (systems/knwl.yaml)"), printed(ROOT, "--config-file", "systems/knwl.yaml"))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("against")
    (folder / "Pulumi.prod.yaml").write_text((ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8"))
    printed(folder, "--config-file", "Pulumi.prod.yaml", "--json", "main.json")
    return folder


def against_main(folder: Path, old: str, new: str) -> list[str]:
    """What is printed for the prod stack with `new` instead of `old`."""
    text = (ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / "Pulumi.prod.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return printed(folder, "--config-file", "Pulumi.prod.yaml", "--against", "main.json").splitlines()


def test_the_comparison_with_main(before: Path) -> None:
    lines = sample("Against main.json")
    assert against_main(before, "node: cache.t4g.small", "node: cache.t4g.medium")[1 : 1 + len(lines)] == lines


def test_the_loss_of_data(before: Path) -> None:
    lines = sample("Data would be lost")
    assert against_main(before, "main: {", "main: {database: orders, ")[1 : 1 + len(lines)] == lines


def test_the_faults_of_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.broken.yaml").write_text(BROKEN, encoding="utf-8")
    assert printed(tmp_path, "--config-file", "Pulumi.broken.yaml").splitlines() == sample("error: Pulumi.broken.yaml")
