"""Which settings carry a credential."""

import pytest

from policy.guardrails import ABSENT, UNKNOWN
from policy.guardrails.secret_words import holds_a_secret, names_a_secret, shown, suspicious

CREDENTIALS = (
    "DB_PASSWORD",
    "PGPASSWORD",
    "openaiApiKey",
    "API_KEYS_JSON",
    "JWT_SECRET",
    "clientSecret",
    "db-pwd",
)
HARMLESS = (
    "SECRET_ARN",
    "TOKEN_URL",
    "DB_PASSWORD_FILE",
    "JWT_ALGORITHM",
    "TOKENIZERS_PARALLELISM",
    "SECRET_NAME",
    "DATABASE_URL",
    "KEYSPACE",
    "MONKEY",
    "apiKeyHeader",
)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_names_of_credentials(name: str):
    assert names_a_secret(name)
    assert suspicious(name, "x-y-z")
    assert suspicious(name, UNKNOWN)


@pytest.mark.parametrize("name", HARMLESS)
def test_names_of_other_things(name: str):
    assert not names_a_secret(name)


@pytest.mark.parametrize("value", ["", ABSENT, "true", "4096", "arn:aws:ssm:x:y:z", "/run/secrets/db"])
def test_values_that_say_nothing(value: object):
    assert not suspicious("AUTH_TOKEN", value)


@pytest.mark.parametrize(
    "value",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "postgresql://app:hunter22@db/app",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "ghp_" + "a" * 36,
        "sk-ant-" + "a" * 30,
    ],
)
def test_values_in_the_shape_of_a_credential(value: str):
    assert holds_a_secret(value)
    assert suspicious("ANYTHING", value)


@pytest.mark.parametrize("value", ["postgresql://db/app?sslmode=require", "https://example.com/a@b", 7])
def test_values_of_other_shapes(value: object):
    assert not holds_a_secret(value)


def test_only_plain_names_are_shown():
    assert shown("DB_PASSWORD") == "DB_PASSWORD"
    assert shown("a value, by mistake") == "…"
