"""Hints in the preview: in the JSON, on the page, the exit code with --strict-hints, and warnings of the real CLI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy.guardrails import RULES, PackConfig
from preview import cli, run
from preview.policies import config_hints
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


def hinted(capsys: pytest.CaptureFixture[str], tmp_path: Path, **options: Any) -> dict[str, str]:
    """The hints of the small stack by key, without its own."""
    file = tmp_path / "hints.json"
    options = {"config_file": Path(SMALL_DEV), **options}
    previewed(capsys, json_file=file, **options)
    found = json.loads(file.read_text())["phases"]["preview"]["hints"]
    return {hint["key"]: hint["message"] for hint in found if hint["key"] != KEY}


def test_all_turns_on_what_is_off_by_default(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "pack.json"
    config.write_text(json.dumps({"all": "advisory"}))
    assert "also turns on the" in hinted(capsys, tmp_path, policy_config=config)[config.as_posix()]
    off = {rule.id: "disabled" for rule in RULES if rule.baseline == "disabled"}
    for sound in ({"all": "advisory", **off}, {"all": "disabled"}, off):
        config.write_text(json.dumps(sound))
        assert hinted(capsys, tmp_path, policy_config=config) == {}


def test_a_policy_configuration_of_no_stack(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.devv.yaml"
    path.write_text((run.ROOT / SMALL_DEV).read_text())
    assert hinted(capsys, tmp_path, config_file=path) == {}
    (tmp_path / "policy" / "config").mkdir(parents=True)
    (tmp_path / "policy" / "config" / "deev.json").write_text("{}")
    (hint,) = config_hints(tmp_path, "devv", run.ROOT / "policy" / "profiles" / "baseline.json", PackConfig())
    assert hint.key == "policy/config/deev.json"
    assert "rename it to devv.json" in hint.message


def test_a_reference_that_nothing_reads(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    cli.preview(config_file=Path(SMALL_DEV), json_file=base)
    assert (
        "no StackReference to org/base/dev"
        in hinted(capsys, tmp_path, reference=[f"org/base/dev={base}"])["--reference org/base/dev"]
    )


def test_environments_of_esc(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = yaml.safe_load((run.ROOT / SMALL_DEV).read_text())
    content["environment"] = ["acme/dev"]
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False))
    line = path.read_text().splitlines().index("environment:") + 1
    assert (
        "give it what `pulumi config --open --json` prints"
        in hinted(capsys, tmp_path, config_file=path)[f"{path.as_posix()}:{line}"]
    )
    opened = tmp_path / "opened.json"
    opened.write_text(json.dumps({"agent-platform:tags": {"objectValue": {"Team": "a"}, "secret": False}}))
    plan = tmp_path / "plan.json"
    assert previewed(capsys, config_file=path, esc_file=opened, json_file=plan)[0] == 0
    phase = json.loads(plan.read_text())["phases"]["preview"]
    assert [hint["key"] for hint in phase["hints"]] == [KEY]
    assert '"Team"' in json.dumps(phase["resources"])


def test_settings_that_are_missing_without_esc_say_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("environment: [acme/dev]\n")
    with pytest.raises(SystemExit):
        cli.preview(config_file=path)
    errors = capsys.readouterr().err
    assert "aws:region: is missing" in errors
    assert "with --esc FILE" in errors


@pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
def test_the_program_logs_the_hints_of_every_shipped_file(name: str) -> None:
    warnings = [text.partition(": ")[0] for text in planned(name).phases["preview"].warnings]
    assert warnings == SHIPPED.get(name, [])
