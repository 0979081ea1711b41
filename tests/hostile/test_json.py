"""JSON that somebody else wrote: configurations of the pack, earlier plans, states, values of `aws:` keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy.guardrails import ConfigError, load_config
from preview import diff, esc
from preview.autonaming import Autonaming
from preview.faults import SettingsFaultsError, to_json
from preview.references import StackReferenceError, references
from preview.stackfile import StackFile
from settings.loader import SettingsError, parse
from tests.settings.sound import changed

_BROKEN = {
    "levels": ("[" * 100_000, "levels"),
    "levels that fit": ("[" * 300 + "]" * 300, "levels"),
    "digits": ("[" + "9" * 10_000 + "]", "too many digits"),
    "infinite": ("[1e999]", "too large"),
    "no number": ("[NaN]", "NaN"),
    "twice": ('{"a": 1, "a": 2}', "twice"),
    "cut": ("{", "not valid JSON|is not valid JSON"),
    "empty": ("", "not valid JSON|is not valid JSON"),
}


def _configuration(path: Path) -> Any:
    return load_config(path)


def _reference(path: Path) -> Any:
    return references([f"other={path}"])


_READERS: list[tuple[Callable[[Path], Any], type[Exception]]] = [
    (_configuration, ConfigError),
    (diff.read, diff.DiffError),
    (_reference, StackReferenceError),
]


@pytest.mark.parametrize(("reader", "error"), _READERS, ids=["configuration", "plan", "reference"])
@pytest.mark.parametrize("name", _BROKEN)
def test_is_refused_with_one_line(
    name: str, reader: Callable[[Path], Any], error: type[Exception], tmp_path: Path
) -> None:
    text, words = _BROKEN[name]
    path = tmp_path / "given.json"
    path.write_text(text)
    with pytest.raises(error, match=words) as refused:
        reader(path)
    assert "given.json" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("reader", "error"), _READERS, ids=["configuration", "plan", "reference"])
def test_no_more_is_read_than_the_limit(
    reader: Callable[[Path], Any], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diff, "LARGEST", 1024 * 1024)
    with pytest.raises(error, match="larger than 1 MiB"):
        reader(Path("/dev/zero"))


@pytest.mark.parametrize(
    "content",
    [
        [],
        7,
        {"stack": ["dev"], "phases": {}},
        {"stack": "dev", "phases": {"preview": {"resources": [{"urn": 1}], "outputs": {}}}},
        {
            "stack": "dev",
            "phases": {
                "preview": {
                    "resources": [
                        {"urn": "u", "type": "t", "custom": True, "inputs": "ab", "protect": 1, "retain_on_delete": 0}
                    ],
                    "outputs": {},
                }
            },
        },
        {"deployment": 7},
        {"deployment": {"resources": {}}},
        {"deployment": {"resources": [{"urn": "x", "type": "t", "custom": True}]}},
        {"deployment": {"resources": [{"urn": "a::b::c::d", "type": "t", "custom": True, "inputs": []}]}},
    ],
    ids=lambda content: json.dumps(content)[:40],
)
def test_what_is_no_plan_and_no_state(content: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(content))
    with pytest.raises(diff.DiffError, match="is not a plan, and no state"):
        diff.read(path)


@pytest.mark.parametrize("name", _BROKEN)
def test_values_of_the_configuration(name: str) -> None:
    text, _ = _BROKEN[name]
    config = {"aws:region": "us-east-1", "aws:allowedAccountIds": text, "agent-platform:networking": text}
    with pytest.raises(SettingsError) as refused:
        parse(config, "agent-platform", "dev")
    assert {fault.key for fault in refused.value.faults} >= {"aws:allowedAccountIds", "agent-platform:networking"}
    assert Autonaming.of(text, stack="dev", project="agent-platform").settings == {}


@pytest.mark.parametrize("name", _BROKEN)
def test_opened_environment(name: str, tmp_path: Path) -> None:
    text, words = _BROKEN[name]
    path = tmp_path / "opened.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=words) as refused:
        esc.opened(path)
    assert str(refused.value).startswith(str(path))
    assert "pulumi config --open --json" in str(refused.value)


@pytest.mark.parametrize("content", ["[]", "7", '{"a": 1}', '{"a": []}'])
def test_what_is_no_opened_environment(content: str, tmp_path: Path) -> None:
    path = tmp_path / "opened.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="is not what `pulumi config --open --json` prints"):
        esc.opened(path)


def test_no_more_of_an_opened_environment_is_read_than_the_limit() -> None:
    with pytest.raises(ValueError, match="larger than 1 MiB"):
        esc.opened(Path("/dev/zero"))


_FILE = StackFile(stack="dev", path=Path("Pulumi.dev.yaml"), values={}, secret_keys=())
_NESTED = "[" * 5000 + "]" * 5000


def test_json_inside_of_an_earlier_plan_s_texts() -> None:
    assert [change.path for change in diff._changes({"policy": _NESTED}, {"policy": "[]"})] == ["policy"]


@pytest.mark.parametrize("text", [f"to:{_NESTED}", f"to: {_NESTED}", f"{{to:{_NESTED}}}", _NESTED])
@pytest.mark.parametrize("key", ["compute.services.api.route", "compute.services.api.replicas", "compute.services.api"])
def test_json_inside_of_a_text_that_should_be_a_mapping(key: str, text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        changed({key: text.replace("to:", "min:")})
    failure = SettingsFaultsError(refused.value.faults, _FILE, "agent-platform")
    assert '"faults"' in to_json(failure)
