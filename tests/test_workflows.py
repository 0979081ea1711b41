"""The workflows are linted, pinned, and install the CLI of the SDK that the project uses."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from preview.run import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_the_linter_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    found = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", "--persona", "pedantic", *WORKFLOWS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


@each
def test_actions_are_pinned_by_commit_with_their_version_beside(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


@each
def test_a_job_has_only_the_permissions_it_names(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert all(job["permissions"] for job in workflow["jobs"].values())


@each
def test_the_cli_is_of_the_sdks_version(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("pulumi/actions@"):
            assert step["with"] == {"pulumi-version": version("pulumi")}


@each
def test_a_job_that_runs_code_of_the_repository_may_write_nothing(path: Path) -> None:
    """A pull request's code runs in each job that checks it out; `id-token` is for the job of one environment only."""
    for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
        used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
        runs_code = "actions/checkout" in used or any("run" in step for step in job["steps"])
        writes = {scope for scope, level in job["permissions"].items() if level == "write"}
        if runs_code and "environment" not in job:
            assert not writes, name
        elif runs_code:
            assert writes == {"id-token"}, name
