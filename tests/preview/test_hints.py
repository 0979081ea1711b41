"""Hints in the preview: in the JSON, on the page, the exit code with --strict-hints, and warnings of the real CLI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from preview import cli, run
from tests.stacks import FILES, SMALL_DEV, planned

# What the shipped files leave for their user to look at.
SHIPPED = {
    "Pulumi.dev.yaml": ["data.secrets.openai-api-key"],
    "Pulumi.prod.yaml": ["data.secrets.openai-api-key"],
    "systems/agent-team.yaml": ["observability.alarms"],
}
KEY = "data.secrets.openai-api-key"


def previewed(capsys: pytest.CaptureFixture[str], **options: Any) -> tuple[int, str]:
    """Exit code and standard output of the command."""
    code = 0
    try:
        cli.preview(phase=cli.PhaseChoice.preview, **options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, capsys.readouterr().out


def changed(tmp_path: Path, **areas: Any) -> Path:
    """The small stack file with further areas."""
    content = yaml.safe_load((run.ROOT / SMALL_DEV).read_text())
    content["config"] |= {f"agent-platform:{area}": value for area, value in areas.items()}
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_hints_are_in_the_json_and_on_the_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    code, page = previewed(capsys, config_file=Path(SMALL_DEV), json_file=file)
    (hint,) = json.loads(file.read_text())["phases"]["preview"]["hints"]
    assert code == 0
    assert hint == {"key": KEY, "message": hint["message"]}
    shown = page.splitlines()
    at = shown.index(next(line for line in shown if line.startswith("Look at these")))
    assert f"{KEY}: {hint['message']} ({SMALL_DEV}:23)" in shown[at + 1]
    assert page.count(hint["message"]) == 1


def test_strict_hints_is_exit_code_4(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    accepted = changed(tmp_path, accepted_hints={KEY: "the next release reads it"})
    assert previewed(capsys, config_file=Path(SMALL_DEV), strict_hints=True)[0] == 4
    code, page = previewed(capsys, config_file=accepted, strict_hints=True)
    assert code == 0
    assert "Look at these" not in page


def test_a_mandatory_policy_comes_before_hints(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "pack.json"
    config.write_text(json.dumps({"all": "mandatory"}))
    code, _ = previewed(capsys, config_file=Path(SMALL_DEV), strict_hints=True, policy_config=config)
    assert code == 2


@pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
def test_the_program_logs_the_hints_of_every_shipped_file(name: str) -> None:
    warnings = [text.partition(": ")[0] for text in planned(name).phases["preview"].warnings]
    assert warnings == SHIPPED.get(name, [])
