"""Every broken stack file gives one clear message: key, reason, fix; no traceback, no secret, at most ten lines."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from preview import run
from preview.cli import preview
from preview.monitor import Recorder
from settings.clear_text import argument_faults
from settings.renamed import RENAMED
from tests.settings import (
    broken_amplify,
    broken_buckets,
    broken_collisions,
    broken_distribution,
    broken_existing,
    broken_grpc,
    broken_guards,
    broken_monitoring,
    broken_notifications,
    broken_queues,
    broken_renamed,
    broken_restores,
    broken_scaling,
    broken_schedules,
    broken_stores,
    broken_tables,
    broken_tracing,
    broken_typos,
    broken_volumes,
)
from tests.settings.broken import BROKEN, CANARY, SOUND, Broken, broken_config

ALL = [
    *BROKEN,
    *broken_amplify.BROKEN,
    *broken_buckets.BROKEN,
    *broken_collisions.BROKEN,
    *broken_distribution.BROKEN,
    *broken_existing.BROKEN,
    *broken_monitoring.BROKEN,
    *broken_grpc.BROKEN,
    *broken_guards.BROKEN,
    *broken_notifications.BROKEN,
    *broken_queues.BROKEN,
    *broken_renamed.BROKEN,
    *broken_restores.BROKEN,
    *broken_scaling.BROKEN,
    *broken_schedules.BROKEN,
    *broken_typos.BROKEN,
    *broken_stores.BROKEN,
    *broken_tables.BROKEN,
    *broken_tracing.BROKEN,
    *broken_volumes.BROKEN,
]
FILES = {
    "no YAML": ("config: [", ":1:10: "),
    "a tab": ("config:\n\taws:region: x\n", "indent with spaces"),
    "a star": ("config:\n  cron: * 3 * * ? *\n", "put text with *, & or ? into quotes"),
    "a cron in braces": ("config:\n  a: {cron: 0 20 ? * MON-FRI *}\n", "put text with ? or a comma in it into quotes"),
    "an alias of nothing": ("config:\n  paths: [*api]\n", "into quotes"),
    "no blank after a colon": ("config:\n  a: 1\n  port:80\n  b: 2\n", "write a space after a key's colon"),
    "a colon in text": ("config:\n  a: b: c\n", "put text that holds a colon"),
    "another column": ("config:\n  a: 1\n b: 2\n", "the block that begins in line 1 alike"),
    "a list among keys": ("config:\n  a: 1\n  - b\n", "all as `key: value` or all as `- item`"),
    "an open bracket": ("config:\n  a: {b: 1\n  c: 2\n", "close the bracket of line 2"),
    "an open quote": ('config:\n  a: "b\n  c: 2\n', "close the quote of line 2"),
    "two documents": ("config: {}\n---\nconfig: {}\n", "keep one document"),
    "a sign first": ("config:\n  a: @b\n", "put the text into quotes"),
    "empty": ("", "is not a YAML mapping"),
    "no config": ("foo: 1\n", "there is no `config:` mapping"),
    "a key twice": ("config:\n  aws:region: a\n  aws:region: b\n", "appears twice"),
    "not UTF-8": (b"config: \xff\xfe", "is not UTF-8"),
}


def message(path: Path) -> str:
    """What the preview prints on standard error for the stack file at `path`, when it exits 1 before any resource."""
    with (
        patch.object(Recorder, "_provider_of", side_effect=AssertionError("a resource was registered")),
        redirect_stderr(io.StringIO()) as said,
        pytest.raises(SystemExit) as ended,
    ):
        preview(config_file=path)
    assert ended.value.code == 1
    return said.getvalue()


def test_there_are_thirty() -> None:
    assert len(ALL) >= 30
    assert len({broken.name for broken in ALL}) == len(ALL)


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.name)
def test_message_names_key_reason_and_fix(broken: Broken, tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(yaml.safe_dump({"config": broken_config(broken)}))
    text = message(file)
    lines = text.splitlines()
    assert len(lines) <= 10
    assert "Traceback" not in text
    assert "Future exception" not in text
    assert not re.search(r"\[[a-zA-Z0-9]-|\\d|\(\?", text), "a regular expression is no message"
    assert CANARY not in text
    key = broken.key if broken.key.startswith("aws:") else f"agent-platform:{broken.key}"
    own = [line for line in lines if f"{key}: " in line]
    assert own, text
    assert any(broken.reason in line and broken.fix in line for line in own), text


def test_no_field_is_checked_by_a_pattern_alone() -> None:
    """pydantic's own message would show the regular expression; `settings.form.matches` gives a reason instead."""
    for file in (run.ROOT / "settings").rglob("*.py"):
        assert "pattern=" not in file.read_text(encoding="utf-8"), file


def test_every_renamed_key_has_its_broken_file() -> None:
    reasons = [broken.reason for broken in broken_renamed.BROKEN]
    assert {broken.key.rpartition(".")[2] for broken in broken_renamed.BROKEN} >= set(RENAMED)
    assert {reason.rpartition(" ")[2] for reason in reasons if "is now called" in reason} == set(RENAMED.values())


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    content, reason = FILES[name]
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    text = message(file)
    assert str(file) in text
    assert reason in text
    assert len(text.splitlines()) <= 10


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    config = broken_config(Broken("", "networking.cidr", "x", "", "", ""))
    config["agent-platform:compute"]["services"]["api"]["memory"] = 700
    config["agent-platform:outputs"] = {"url": "nothing"}
    config["agent-platform:typo"] = {}
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(yaml.safe_dump({"config": config}))
    text = message(file)
    assert all(key in text for key in ("networking.cidr", "api.memory", "agent-platform:typo"))


def test_the_command_exits_1_and_prints_at_most_ten_lines(tmp_path: Path) -> None:
    config = {**SOUND, "agent-platform:compute": {"services": {f"s{i}": {"x": 1} for i in range(40)}}}
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(yaml.safe_dump({"config": config}))
    done = subprocess.run(
        [sys.executable, "-m", "preview", "--config-file", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert 1 < len(done.stderr.splitlines()) <= 10
    assert "Traceback" not in done.stderr
    assert "more" in done.stderr.splitlines()[-1]


def test_a_project_that_is_misspelt(tmp_path: Path) -> None:
    config = dict(SOUND)
    config["agent_platform:networking"] = config.pop("agent-platform:networking")
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(yaml.safe_dump({"config": config}))
    text = message(file)
    assert "agent_platform:networking: is not of this project; did you mean agent-platform:networking?" in text
    assert "is missing" not in text


def test_an_existing_vpc_without_egress_is_told_of_that_alone(tmp_path: Path) -> None:
    network = {"zones": ["us-east-1a"], "existing": {
        "vpc_id": "vpc-0a1b2c3d4e5f67890", "private_subnet_ids": ["subnet-0bbbbbbbbbbbbbbb1"],
        "s3_prefix_list_id": "pl-63a5400a"}}  # fmt: skip
    file = tmp_path / "Pulumi.broken.yaml"
    file.write_text(yaml.safe_dump({"config": broken_config(Broken("", "networking", network, "", "", ""))}))
    text = message(file)
    assert "networking.egress: is missing: the routes" in text
    assert "changes nothing" not in text


def test_each_slip_is_told_once(tmp_path: Path) -> None:
    """A list whose members are wrong is not called too short as well, nor are bounds called equal that are not."""
    for name, at in {"paths": ["api"], "replicas": {"min": 6, "max": 2, "cpu_percent": 60}}.items():
        key = "compute.services.api" + (".route" if name == "paths" else "")
        file = tmp_path / "Pulumi.broken.yaml"
        file.write_text(yaml.safe_dump({"config": broken_config(Broken("", f"{key}.{name}", at, "", "", ""))}))
        assert len(message(file).splitlines()) == 1


@pytest.mark.parametrize(
    "argument",
    ["--max-tokens=4096", "--token=$TOKEN", "--sort-key=created_at", "--password-file=/run/p", "--eos-token=<s>"],
)
def test_arguments_that_are_no_secret(argument: str) -> None:
    assert not list(argument_faults("command", [argument]))


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}")
    assert "Pulumi.dev.yaml" in message(tmp_path / "Pulumi.prd.yaml")
