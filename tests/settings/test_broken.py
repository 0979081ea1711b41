"""Every broken stack file gives one clear message: key, reason, fix; no traceback, no secret, at most ten lines."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import yaml

from preview.cli import preview
from tests.settings import (
    broken_amplify,
    broken_buckets,
    broken_distribution,
    broken_existing,
    broken_eyes,
    broken_grpc,
    broken_guards,
    broken_notices,
    broken_queues,
    broken_restores,
    broken_scaling,
    broken_schedules,
    broken_stores,
    broken_tracing,
    broken_volumes,
)
from tests.settings.broken import BROKEN, CANARY, SOUND, Broken, broken_config

ALL = [
    *BROKEN,
    *broken_amplify.BROKEN,
    *broken_buckets.BROKEN,
    *broken_distribution.BROKEN,
    *broken_existing.BROKEN,
    *broken_eyes.BROKEN,
    *broken_grpc.BROKEN,
    *broken_guards.BROKEN,
    *broken_notices.BROKEN,
    *broken_queues.BROKEN,
    *broken_restores.BROKEN,
    *broken_scaling.BROKEN,
    *broken_schedules.BROKEN,
    *broken_stores.BROKEN,
    *broken_tracing.BROKEN,
    *broken_volumes.BROKEN,
]
FILES = {
    "no YAML": ("config: [", ":1:10: "),
    "a tab": ("config:\n\taws:region: x\n", "cannot start any token"),
    "empty": ("", "is no YAML mapping"),
    "no config": ("foo: 1\n", "there is no `config:` mapping"),
    "a key twice": ("config:\n  aws:region: a\n  aws:region: b\n", "stands twice"),
    "not UTF-8": (b"config: \xff\xfe", "is not UTF-8"),
}


def message(path: Path) -> str:
    """What the preview prints on standard error for the stack file at `path`, when it exits 1."""
    with redirect_stderr(io.StringIO()) as said, pytest.raises(SystemExit) as ended:
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
    assert CANARY not in text
    key = broken.key if broken.key.startswith("aws:") else f"agent-platform:{broken.key}"
    own = [line for line in lines if f"{key}: " in line]
    assert own, text
    assert any(broken.reason in line and broken.fix in line for line in own), text


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


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}")
    assert "Pulumi.dev.yaml" in message(tmp_path / "Pulumi.prd.yaml")
