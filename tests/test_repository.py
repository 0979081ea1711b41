"""What the repository promises about itself: locks, layout, commands."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tests.make import make

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["requirements.txt", "requirements-cli.txt"],
    "requirements-dev.lock": [
        "requirements.txt",
        "requirements-cli.txt",
        "requirements-dev.txt",
        "policy/requirements.txt",
    ],
}


def wanted(name: str) -> list[Requirement]:
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def locked(name: str) -> dict[str, Version]:
    text = (ROOT / name).read_text()
    return {m[1].lower(): Version(m[2]) for m in re.finditer(r"^([A-Za-z0-9._-]+)==(\S+) \\$", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_satisfies_its_requirements(lock: str) -> None:
    found = locked(lock)
    for requirement in (r for file in LOCKS[lock] for r in wanted(file)):
        assert requirement.name.lower() in found, f"{requirement.name} is not locked; run `make lock`"
        assert found[requirement.name.lower()] in requirement.specifier, f"{requirement}; run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text())
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])


def test_both_locks_agree() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_majors_are_bounded() -> None:
    for file in ("requirements.txt", "requirements-cli.txt", "policy/requirements.txt"):
        for requirement in wanted(file):
            assert any(part.operator == "<" for part in requirement.specifier), requirement


def test_the_program_needs_only_what_was_agreed() -> None:
    assert {r.name for r in wanted("requirements.txt")} == {
        "pulumi",
        "pulumi-aws",
        "pulumi-awsx",
        "pulumi-random",
        "pydantic",
    }


def test_main_reads_as_the_architecture() -> None:
    text = (ROOT / "__main__.py").read_text()
    assert len(text.splitlines()) <= 90
    assert "aws." not in text


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], ["--stack", "dev"]),
        (["STACK=prod"], ["--stack", "prod"]),
        (["CONFIG=systems/knwl.yaml"], ["--config-file", "systems/knwl.yaml"]),
        (["CONFIG=systems/knwl.yaml", "STACK=prod"], ["--stack", "prod", "--config-file", "systems/knwl.yaml"]),
        (["STACK="], ["--stack", ""]),
    ],
)
def test_make_preview_passes_on_all_that_is_given(arguments: list[str], options: list[str], tmp_path: Path) -> None:
    done = make(tmp_path, "preview", *arguments)
    assert done.stdout.splitlines() == ["-m", "preview", *options], done.stderr


@pytest.mark.parametrize("variable", ["CONF=systems/knwl.yaml", "stack=prod"])
def test_make_refuses_a_variable_that_it_would_ignore(variable: str) -> None:
    command = ["make", "-n", "-C", str(ROOT), "preview", variable]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"{variable.partition('=')[0]}: no variable of this Makefile; there are" in done.stderr


def test_pulumi_and_the_makefile_share_the_environment() -> None:
    project = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())
    assert project["name"] == "agent-platform"
    assert project["runtime"] == {"name": "python", "options": {"toolchain": "pip", "virtualenv": ".venv"}}
    assert "VENV := .venv" in (ROOT / "Makefile").read_text()


def test_python_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"


def test_ci_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert {"make test", "make check"} <= set(script.read_text().splitlines())


class TestMakeStack:
    """`make stack` writes a stack's file once, and overwrites none."""

    def run(self, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["make", "-f", str(ROOT / "Makefile"), "stack", *arguments], cwd=at,
                              capture_output=True, text=True, check=False)  # fmt: skip

    def test_writes_the_file(self, tmp_path: Path) -> None:
        source = ROOT / "systems" / "knwl.yaml"
        done = self.run(f"CONFIG={source}", "NAME=knwl", at=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "make preview STACK=knwl, then docs/deploying.md" in done.stdout
        made = (tmp_path / "Pulumi.knwl.yaml").read_text()
        assert "$schema=settings/schema.json" in made.splitlines()[0]
        assert made.splitlines()[1:] == source.read_text().splitlines()[1:]

    def test_overwrites_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "Pulumi.knwl.yaml").write_text("mine")
        done = self.run(f"CONFIG={ROOT / 'systems' / 'knwl.yaml'}", "NAME=knwl", at=tmp_path)
        assert done.returncode != 0
        assert "exists already" in done.stderr
        assert (tmp_path / "Pulumi.knwl.yaml").read_text() == "mine"

    def test_says_what_is_missing(self, tmp_path: Path) -> None:
        done = self.run(at=tmp_path)
        assert done.returncode != 0
        assert "usage: make stack CONFIG=" in done.stderr
