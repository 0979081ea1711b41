"""A secret that somebody pastes anywhere into a stack file is refused, and shown nowhere."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from preview import stackfile
from preview.faults import SettingsFaultsError, to_json
from preview.printable import PrintableStream, json_text, printable
from preview.run import ROOT
from settings.loader import SettingsError, parse
from tests.stacks import FILES

_SECRET = "Zq7Kd93mXw1Lr5Tn8VbY2c"
CANARIES = {
    "token": f"ghp_{_SECRET}",
    "in the middle": f"see https://x.example/?t=ghp_{_SECRET}&b=1",
    "address": f"postgres://app:{_SECRET}@db.example:5432/app",
    "key": f"-----BEGIN RSA PRIVATE KEY-----\n{_SECRET}",
    "unseen": f"ghp_{_SECRET}\x1b[8m",
}


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of each text, and of each key as the path with `?` behind it."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key, "?")
            yield from _places(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _places(item, (*path, i))


def _with(value: Any, path: tuple[str | int, ...], canary: str) -> Any:
    changed = copy.deepcopy(value)
    is_key = path[-1] == "?"
    *above, last = path[:-1] if is_key else path
    holder = changed
    for part in above:
        holder = holder[part]
    if is_key:
        holder[canary] = holder.pop(last)
    else:
        holder[last] = canary
    return changed


@pytest.mark.parametrize(
    "canary", [name if name == "token" else pytest.param(name, marks=pytest.mark.check) for name in CANARIES]
)
@pytest.mark.parametrize("name", FILES, ids=str)
def test_is_refused_and_not_shown_wherever_it_stands(name: Path, canary: str) -> None:
    file = stackfile.read(ROOT / name, "agent-platform")
    prefix = "agent-platform:"
    areas = {key: json.loads(text) for key, text in file.values.items() if key.startswith(prefix) and text[:1] in "{["}
    places = list(_places(areas))
    assert len(places) > 30
    for place in places:
        if len(place) == 2 and place[1] == "?":
            continue  # the name of an area itself
        changed = {key: json.dumps(value) for key, value in _with(areas, place, CANARIES[canary]).items()}
        with pytest.raises(SettingsError) as refused:
            parse({**file.values, **changed}, "agent-platform", file.stack)
        assert _SECRET not in str(refused.value), place
        failure = SettingsFaultsError(refused.value.faults, file, "agent-platform")
        shown = printable(failure.text(every_name=True)) + to_json(failure)
        assert "\x1b" not in shown, place
        assert _SECRET not in shown, place


@pytest.mark.parametrize("canary", CANARIES)
def test_stream_masks_it(canary: str) -> None:
    out = StringIO()
    PrintableStream(out).write(f"api: {CANARIES[canary]}\n")
    assert _SECRET not in out.getvalue()
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::add-mask::x", ": :add-mask::x"),
        ("  ::error ::x", "  : :error ::x"),
        ("x ##[error]y", "x ## [error]y"),
        ("a\n::set-output name=x::y", "a\n: :set-output name=x::y"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb", "a\\x0db"),
        ("\u202eexe.txt", "\\u202eexe.txt"),
        ("\ud800", "\\ud800"),
        ("urn:pulumi:dev::p::aws:sqs/queue:Queue::jobs", "urn:pulumi:dev::p::aws:sqs/queue:Queue::jobs"),
        ("Größe 日本 → 😀\tx", "Größe 日本 → 😀\tx"),
    ],
)
def test_what_is_printed(text: str, shown: str) -> None:
    assert printable(text) == shown
    out = StringIO()
    PrintableStream(out).write(text)
    assert out.getvalue() == shown


def test_json_keeps_the_value() -> None:
    value = {"a": "##[x] \x9b \u202e \ud800 ü", "b": ["::x", 1.5, None]}
    text = json_text(value)
    assert json.loads(text) == value
    assert "##[" not in text
    text.encode("utf-8")
