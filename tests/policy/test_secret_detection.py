"""Which settings hold a secret, by the recogniser of the pack and by that of the settings."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from policy.guardrails import ABSENT, UNKNOWN
from policy.guardrails.rules.secrets import holds_secret
from policy.guardrails.secret_detection import contains_secret, is_secret, printable_name, secret_arguments
from settings.clear_text import argument_faults, looks_like_value, looks_secret
from tests.policy.secret_samples import HARMLESS, HARMLESS_ARGUMENTS, SECRET_ARGUMENTS, SECRETS, TOKENS

SIZE = 64 * 1024
LONG = {
    "dashes": "-" * SIZE,
    "letters": "a" * SIZE,
    "capitals": "A" * SIZE,
    "digits": "1" * SIZE,
    "underscores": "_" * SIZE,
    "slashes": "/" * SIZE,
    "spaces": " " * SIZE,
    "paths": "/a" * (SIZE // 2),
    "camel case": "aB" * (SIZE // 2),
    "schemes": "a://" * (SIZE // 4),
    "users": "://a:" * (SIZE // 5),
    "colons": "://" + ":" * SIZE,
    "flags": "--a-" * (SIZE // 4),
    "flags with values": "--a=b " * (SIZE // 6),
    "begun tokens": "sk-" * (SIZE // 3),
    "begun webhooks": "hooks.slack.com/" * (SIZE // 16),
    "begun keys": "-----BEGIN " * (SIZE // 11),
    "begun headers": "authorization: " * (SIZE // 15),
    "references": "${" * (SIZE // 2),
    "secret names": "PASSWORD_" * (SIZE // 9),
}
BAR_S = 0.5


@pytest.mark.parametrize("kind", TOKENS)
def test_values_in_the_shape_of_a_credential(kind: str):
    value = TOKENS[kind]
    assert contains_secret(value)
    assert looks_like_value(value)
    assert looks_secret("ANYTHING", value)
    assert holds_secret("ANYTHING", value)


@pytest.mark.parametrize(("name", "value"), SECRETS)
def test_names_of_secrets(name: str, value: str):
    assert looks_secret(name, value)
    assert holds_secret(name, value)
    assert holds_secret(name, UNKNOWN)


@pytest.mark.parametrize(("name", "value"), HARMLESS)
def test_settings_that_are_no_secret(name: str, value: str):
    assert not looks_secret(name, value)
    assert not holds_secret(name, value)


@pytest.mark.parametrize("value", ["", ABSENT, "true", "4096", "arn:aws:ssm:x:y:z", "/run/secrets/db"])
def test_values_that_say_nothing(value: object):
    assert not holds_secret("AUTH_TOKEN", value)


@pytest.mark.parametrize("value", [["hunter22"], {"a": "hunter22"}, UNKNOWN])
def test_values_of_other_types(value: object):
    assert not holds_secret("ANYTHING", value)
    assert holds_secret("AUTH_TOKEN", value)


@pytest.mark.parametrize("value", [7, True])
def test_numbers_and_switches(value: object):
    assert not holds_secret("MAX_TOKENS", value)


@pytest.mark.parametrize("arguments", SECRET_ARGUMENTS)
def test_arguments_that_hold_a_secret(arguments: list[str]):
    assert list(secret_arguments(arguments))
    assert list(argument_faults("command", arguments))


@pytest.mark.parametrize("arguments", HARMLESS_ARGUMENTS)
def test_arguments_that_hold_no_secret(arguments: list[str]):
    assert not list(secret_arguments(arguments))


def test_the_argument_that_holds_the_secret_is_named():
    assert list(secret_arguments(["redis-server", "--requirepass", "hunter22"])) == [2]
    assert list(secret_arguments(["app", "--password=hunter22"])) == [1]


def test_only_plain_names_are_printed():
    assert printable_name("DB_PASSWORD") == "DB_PASSWORD"
    assert printable_name("a value, by mistake") == "…"
    assert printable_name(UNKNOWN) == "…"


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize(
    "recognise",
    [
        contains_secret,
        lambda text: is_secret(text, "hunter22"),
        lambda text: is_secret("DB_PASSWORD", text),
        lambda text: is_secret("OPENAI_KEY", text),
        lambda text: list(secret_arguments([text])),
        lambda text: list(secret_arguments(list(text[:6000]))),
        printable_name,
    ],
    ids=["value", "name", "value of a password", "value of a key", "argument", "arguments", "printed"],
)
def test_long_texts_take_linear_time(recognise: Callable[[str], object], kind: str):
    start = time.process_time()
    recognise(LONG[kind])
    assert time.process_time() - start < BAR_S


def test_the_recogniser_loads_no_rules():
    """The settings use it, and a program should not pay for 86 rules that it does not run."""
    code = (
        "import sys, policy.guardrails.secret_detection\n"
        "loaded = [name for name in sys.modules if name.startswith('policy.guardrails.')]\n"
        "assert loaded == ['policy.guardrails.secret_detection'], loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
