"""How the preview ends for a broken stack file or a wrong option: lines, JSON, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from preview import cli, run
from tests.settings.broken import CANARY, SOUND, Broken, broken_config

API = "compute.services.api"


def written(folder: Path, config: dict[str, Any], name: str = "Pulumi.broken.yaml") -> Path:
    file = folder / name
    file.write_text(yaml.safe_dump({"config": config}, sort_keys=False), encoding="utf-8")
    return file


def ended(*arguments: str, python: tuple[str, ...] = (), **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, "-m", "preview", *arguments]
    return subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, check=False, **more)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve variables without a value and twelve settings that are not there, each in words of its own."""
    service = SOUND["agent-platform:compute"]["services"]["api"]
    services = {f"s{i}": {**service, "route": None, "port": 80 + i, f"key{i}xyz": i} for i in range(12)}
    config = broken_config(Broken("", "compute.services", services, "", "", ""))
    config["agent-platform:outputs"] = {}
    return written(tmp_path_factory.mktemp("many"), config)


def test_ten_lines_unless_all_are_asked_for(many: Path) -> None:
    short, whole = ended("--config-file", str(many)), ended("--config-file", str(many), "--all-errors")
    assert short.returncode == whole.returncode == 1
    assert len(short.stderr.splitlines()) == 10
    assert short.stderr.splitlines()[-1].strip() == "… and 3 more; --all-errors shows them"
    assert sum("unknown key" in line for line in whole.stderr.splitlines()) == 12


def test_each_line_begins_with_file_and_line(tmp_path: Path) -> None:
    file = written(tmp_path, broken_config(Broken("", f"{API}.memroy", 1024, "", "", "")))
    number = next(i for i, line in enumerate(file.read_text().splitlines(), 1) if "memroy" in line)
    assert f"{file}:{number}: agent-platform:{API}.memroy: unknown key" in ended("--config-file", str(file)).stderr


def test_faults_as_json(tmp_path: Path) -> None:
    changes = {
        "networking.cidr": "10.20.1.0/16",
        f"{API}.memroy": 1024,
        f"{API}.gpu": 1,
        "observability.budget": {},
        f"{API}.environment": {"SOME_TOKEN": CANARY},
    }
    file = written(tmp_path, broken_config(Broken("", "", changes, "", "", "")))
    done = ended("--config-file", str(file), "--json", "-")
    assert done.returncode == 1
    assert CANARY not in done.stdout
    faults = {fault.pop("key"): fault for fault in json.loads(done.stdout)["faults"]}
    lines = file.read_text().splitlines()
    for key, fault in faults.items():
        assert fault["file"] == file.as_posix()
        assert fault["fix"]
        assert fault["reason"]
        assert key.rpartition(".")[2] in lines[fault["line"] - 1] or "is missing" in fault["reason"]
    assert faults["agent-platform:networking.cidr"]["corrected"] == "10.20.0.0/16"
    assert faults[f"agent-platform:{API}.memroy"]["rename"] == "memory"
    assert faults[f"agent-platform:{API}.gpu"]["remove"] is True
    assert "corrected" not in faults["agent-platform:observability.budget.monthly_usd"]
    assert "budget" in lines[faults["agent-platform:observability.budget.monthly_usd"]["line"] - 1]


def test_faults_in_a_file_of_their_own(tmp_path: Path) -> None:
    broken = written(tmp_path, broken_config(Broken("", f"{API}.memroy", 1024, "", "", "")))
    report = tmp_path / "faults.json"
    assert ended("--config-file", str(broken), "--faults", str(report)).returncode == 1
    assert [fault["key"] for fault in json.loads(report.read_text())["faults"]] == [f"agent-platform:{API}.memroy"]
    assert ended("--faults", str(report), "--phase", "preview").returncode == 0
    assert json.loads(report.read_text()) == {"faults": []}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("config:\n  port:80\n  b: 2\n", 2, "there is no space after port:, so the line is text"),
        ("foo: 1\n", None, "there is no `config:` mapping"),
    ],
)
def test_a_file_that_is_no_stack_file_is_a_fault_too(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(text)
    (fault,) = json.loads(ended("--config-file", str(file), "--json", "-").stdout)["faults"]
    assert (fault["key"], fault["file"], fault["line"]) == (None, file.as_posix(), line)
    assert fault["reason"] == reason
    assert fault["fix"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--fooo"], "--fooo"),
        (["--phase", "never"], "--phase"),
        (["dev"], "dev"),
        (["--stack"], "--stack"),
        (["--reference", "plan.json"], "plan.json"),
    ],
)
def test_a_wrong_option_is_64_and_one_line(arguments: list[str], names: str) -> None:
    done = ended(*arguments)
    assert done.returncode == 64
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert names in line
    assert "--help" in line or "NAME=PLAN.json" in line


@pytest.mark.parametrize("arguments", [[], ["--json", "-"], ["--help"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "preview", *arguments]
    with subprocess.Popen(command, cwd=run.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode in (-13, 0)
    assert said == ""


@pytest.mark.parametrize("missing", ["typer", "pulumi", "pydantic"])
def test_without_its_environment_it_says_what_to_run(tmp_path: Path, missing: str) -> None:
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError('no', name='{missing}')\n")
    done = ended(env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: the Python package {missing} is not installed; run `make preview`")


def test_an_older_python_is_named(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise ImportError('no StrEnum', name='enum')\n")
    (line,) = ended(env={**os.environ, "PYTHONPATH": str(tmp_path)}).stderr.splitlines()
    assert "needs Python 3.11 or newer" in line


def test_faults_of_settings_are_told_before_the_provider_is_imported(tmp_path: Path) -> None:
    file = written(tmp_path, broken_config(Broken("", f"{API}.memroy", 1024, "", "", "")))
    done = ended("--config-file", str(file), python=("-X", "importtime"))
    assert "settings.loader" in done.stderr
    assert "pulumi_aws" not in done.stderr


def test_a_wrong_option_shows_no_secret(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["preview", "--phase", "see ghp_Zq7Kd93mXw1Lr5Tn8VbY2c"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 64
    assert "ghp_" not in capsys.readouterr().err
