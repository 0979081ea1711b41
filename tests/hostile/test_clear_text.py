"""Secrets in the clear are refused wherever a person may write a text, by their shape and, of variables, by name."""

from __future__ import annotations

from typing import Any

import pytest

from settings.loader import SettingsError
from tests.settings.broken import DELETED
from tests.settings.sound import changed

_SECRET = "Zq7Kd93mXw1Lr5Tn8VbY2c"
_SHAPES = (f"ghp_{_SECRET}", f"postgres://app:{_SECRET}@db/x", f"-----BEGIN PRIVATE KEY----- {_SECRET}")
_API = "compute.services.api"
_BUILD = {"context": "tests/small/app"}
_ALARM = {"threshold": 1}


def _refused(at: dict[str, Any]) -> str:
    with pytest.raises(SettingsError) as refused:
        changed(at)
    said = str(refused.value)
    assert _SECRET not in said
    return said


def _build(args: dict[str, str], **service: Any) -> dict[str, Any]:
    return {
        f"{_API}.image": DELETED,
        f"{_API}.build": {**_BUILD, "args": args},
        **{f"{_API}.{key}": value for key, value in service.items()},
    }


@pytest.mark.parametrize("name", ["NPM_TOKEN", "DB_PASSWORD", "OPENAI_API_KEY", "PIP_INDEX_PASS", "npmToken"])
def test_build_argument_is_secret_by_its_name(name: str) -> None:
    said = _refused(_build({name: _SECRET}))
    assert f"{_API}.build.args.{name}: looks like a secret in plain text (its value is not shown)" in said
    assert f"not_secrets: {{{name}: <why>}}" in said


@pytest.mark.parametrize("value", _SHAPES)
def test_build_argument_is_secret_by_its_shape_whatever_is_said(value: str) -> None:
    assert f"{_API}.build.args.EXTRA: looks like a secret" in _refused(_build({"EXTRA": value}))
    said = _refused(_build({"SESSION_KEY": value}, not_secrets={"SESSION_KEY": "the name of a cookie"}))
    assert f"{_API}.build.args.SESSION_KEY: looks like a secret" in said


def test_build_argument_that_is_none_is_accepted() -> None:
    settings = changed(_build({"SESSION_KEY": "sid", "PYTHON": "3.14", "TOKEN_URL": "https://x.example/token"},
                              not_secrets={"SESSION_KEY": "the name of a cookie"}))  # fmt: skip
    assert settings.compute.services["api"].build is not None


def test_not_secrets_names_a_variable_or_an_argument() -> None:
    said = _refused(_build({}, not_secrets={"SESSION_KEY": "the name of a cookie"}))
    assert "not_secrets.SESSION_KEY: is no variable under environment" in said


@pytest.mark.parametrize("value", _SHAPES)
@pytest.mark.parametrize(
    ("key", "around"),
    [
        ("tags", lambda text: {"Owner": text}),
        ("tags", lambda text: {text: "x"}),
        ("data.secrets", lambda text: {"stripe": {"description": text}}),
        ("observability.saved_queries", lambda text: {"x": {"logs": ["api"], "query": f"filter @message = '{text}'"}}),
        ("observability.custom_metrics", lambda text: {"Shop": {"Orders": {"alarm": {"advice": text, **_ALARM}}}}),
        ("data.queues", lambda text: {text: {}}),
        ("data.buckets", lambda text: {"uploads": {"cors": [{"origins": [text]}]}}),
        (f"{_API}.command", lambda text: ["serve", text]),
        (f"{_API}.health_command", lambda text: ["CMD-SHELL", f"curl {text}"]),
        (f"{_API}.files", lambda text: {"/etc/app/app.yaml": f"key: {text}"}),
    ],
)
def test_text_is_secret_by_its_shape(key: str, around: Any, value: str) -> None:
    assert "looks like a secret" in _refused({key: around(value)})


@pytest.mark.parametrize("value", _SHAPES)
@pytest.mark.parametrize(
    ("key", "around"),
    [
        ("observability.saved_queries", lambda text: {text: {"logs": ["api"], "query": "fields @message"}}),
        ("data.tables", lambda text: {"jobs": {"key": "id", "description": text}}),
        (f"{_API}.not_secrets", lambda text: {"SORT": text}),
        (f"{_API}.hints", lambda text: {"x": text}),
        ("accepted_hints", lambda text: {"x": text}),
        ("protect", lambda text: text),
        ("environment", lambda text: text),
        ("misspelt", lambda text: {"a": [{"b": text}]}),
    ],
)
def test_secret_where_something_else_is_wrong_is_not_shown(key: str, around: Any, value: str) -> None:
    assert key in _refused({key: around(value)})
