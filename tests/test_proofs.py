"""`make prove` lists what is not tested, and runs only what reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from preview.run import ROOT
from tests.proofs.__main__ import main
from tests.proofs.claims import CLAIMS

COMMANDS = [check for claim in CLAIMS.values() for check in claim.checks]
ACCOUNT = {"AWS_PROFILE": "prover"}


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the AWS CLI, which writes down what it is called with."""
    log, tool = tmp_path / "log", tmp_path / "aws"
    tool.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    log.touch()
    return log


def test_every_claim_is_an_item_of_what_is_not_tested() -> None:
    text = (ROOT / "docs" / "quality.md").read_text().partition("## What is not tested")[2]
    items = re.findall(r"^- \*\*(.+?)\.\*\*", text, re.MULTILINE)
    assert sorted({claim.topic for claim in CLAIMS.values()} - set(items)) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_reads_and_is_one_of_awss(command: tuple[str, ...]) -> None:
    tool, service, operation, *options = command
    assert tool == "aws"
    assert operation.split("-")[0] in ("describe", "get", "list")
    # botocore's cached properties have no types.
    model: Any = botocore.session.get_session().get_service_model(service.replace("s3api", "s3"))
    (shape,) = [model.operation_model(name) for name in model.operation_names if _dashed(name) == operation]
    assert shape.input_shape is not None
    taken = {"query", "max-items", *map(_dashed, shape.input_shape.members)}
    assert {option[2:] for option in options if option.startswith("--")} <= taken


def test_the_list_is_printed_and_nothing_is_run(called: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], ACCOUNT) == 0
    printed = capsys.readouterr().out
    assert all(f"{name}: {claim.claim}" in printed for name, claim in CLAIMS.items())
    assert called.read_text() == ""


def test_without_an_account_nothing_is_run(called: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "cluster=c", "service=s"], {}) == 2
    assert "no AWS account is configured" in capsys.readouterr().err
    assert called.read_text() == ""


def test_with_an_account_what_reads_is_run(called: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "cluster=c"], ACCOUNT) == 2
    assert "say service=…" in capsys.readouterr().err
    called.write_text("")
    assert main(["route", "cluster=c", "service=s"], ACCOUNT) == 0
    account, services = called.read_text().splitlines()
    assert account == "sts get-caller-identity"
    assert services.startswith("ecs describe-services --cluster c --services s --query services[0].{")


def _dashed(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
