"""Hints: what is allowed and may be meant. Each shows with its key, and goes when it is mended or accepted."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from preview.coreyaml import as_text
from settings import SettingsError, hints, parse
from settings.model import Hint
from tests.settings.broken import DELETED, SOUND, Broken, broken_config

_API = "compute.services.api"


class Hinted(NamedTuple):
    """A change of the sound file, and the one hint that it gives: its key, and words of it."""

    name: str
    at: str
    value: Any
    key: str
    words: str


HINTED = [
    Hinted("a database of nobody", "data.postgres.other", {}, "data.postgres.other", "connects_to: [other]"),
    Hinted("a store of nobody", "data.redis.cache", {"replicas": 0}, "data.redis.cache", "connects_to: [cache]"),
    Hinted("a bucket of nobody", "data.buckets.files", {}, "data.buckets.files", "buckets: {files: read-write}"),
    Hinted(
        "a file system of nobody",
        "data.file_systems.shared",
        {"access_points": {"all": {"path": "/all", "uid": 1000, "gid": 1000}}},
        "data.file_systems.shared",
        "used by no service",
    ),
    Hinted(
        "a table of nobody",
        "data.tables.usage",
        {"partition_key": "id", "attributes": {"id": "string"}},
        "data.tables.usage",
        "tables: {usage: read-write}",
    ),
    Hinted("a queue of nobody", "data.queues.jobs", {}, "data.queues.jobs", "is used by nothing"),
    Hinted("a secret of nobody", "data.secrets.mail-key", {}, "data.secrets.mail-key", "secrets: {MAIL_KEY: mail-key}"),
    Hinted(
        "a variable in a variable",
        f"{_API}.environment.URL",
        "http://${HOST}:80",
        f"{_API}.environment.URL",
        "holds ${HOST}",
    ),
    Hinted(
        "a reference to nothing",
        f"{_API}.environment.URL",
        "${service.apo.url}",
        f"{_API}.environment.URL",
        "holds ${service.apo.url}",
    ),
    Hinted("a variable without a shell", f"{_API}.command", ["serve", "$PORT"], f"{_API}.command[1]", "holds $PORT"),
    Hinted(
        "two commands without a shell",
        f"{_API}.command",
        ["alembic", "upgrade", "head", "&&", "uvicorn"],
        f"{_API}.command[3]",
        "[sh, -c, …]",
    ),
    Hinted(
        "a check without a shell",
        f"{_API}.health_command",
        ["curl", "-f", "http://localhost/", "||", "exit 1"],
        f"{_API}.health_command[3]",
        "no shell reads it",
    ),
    Hinted("no /tmp", f"{_API}.writable", [], f"{_API}.writable", "add writable: [/tmp]"),
    Hinted(
        "an image called after another architecture",
        f"{_API}.image",
        "example/api-amd64:1.0",
        f"{_API}.image",
        "is called api-amd64, and architecture is arm64",
    ),
    Hinted(
        "a family of RDS that is not known",
        "data.postgres.main.instance",
        "db.t4h.micro",
        "data.postgres.main.instance",
        "did you mean db.t4g.micro?",
    ),
    Hinted(
        "a family of ElastiCache that is not known",
        "",
        {"data.redis.cache": {"node": "cache.x99.large"}, f"{_API}.connects_to": ["main", "cache"]},
        "data.redis.cache.node",
        "is of a family that is not known here",
    ),
    Hinted(
        "two keys of a secret that differ by a slip",
        f"{_API}.secrets",
        {"OPENAI_API_KEY": "openai:api_key", "OTHER_KEY": "openai:api_kye"},
        f"{_API}.secrets.OTHER_KEY",
        "reads the key api_kye of openai",
    ),
    Hinted("a key of nobody", "other:token", "x", "other:token", "is read by nothing"),
    Hinted("a port that nothing reaches", f"{_API}.route", DELETED, f"{_API}.port", "nothing can reach"),
]


def settings_hints(at: str, value: Any, **others: Any) -> tuple[Hint, ...]:
    """The hints for the sound settings with one change; `others` are further areas."""
    config = broken_config(Broken("", at, value, "", "", "")) if value is not None and ":" not in at else dict(SOUND)
    if ":" in at:
        config[at] = value
    if at == f"{_API}.route":
        config["agent-platform:outputs"] = {}
    config |= {f"agent-platform:{area}": content for area, content in others.items()}
    return hints(parse({key: as_text(value) for key, value in config.items()}, "agent-platform", "dev"))


def test_sound_settings_give_no_hint() -> None:
    assert settings_hints("", None) == ()


@pytest.mark.parametrize("hinted", HINTED, ids=lambda hinted: hinted.name)
def test_a_hint_names_its_key_and_says_what_to_do(hinted: Hinted) -> None:
    (hint,) = settings_hints(hinted.at, hinted.value)
    assert hint.key == hinted.key
    assert hinted.words in hint.message


@pytest.mark.parametrize("hinted", HINTED, ids=lambda hinted: hinted.name)
def test_an_accepted_hint_is_gone(hinted: Hinted) -> None:
    assert settings_hints(hinted.at, hinted.value, accepted_hints={hinted.key: "it is for a later release"}) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("key-1", "key-2"), ("key-12", "key-21"), ("api-key", "app-key"), ("db-dev", "db-prod"), ("openai", "openrouter")],
)
def test_two_secrets_of_similar_names_are_two(one: str, other: str) -> None:
    assert settings_hints(f"{_API}.secrets", {"ONE": one, "OTHER": other}) == ()


def test_a_secret_that_is_declared_is_meant() -> None:
    data = {"postgres": {"main": {}}, "secrets": {"openai-api-keys": {}}}
    secrets = {"ONE": "openai-api-key", "ALL": "openai-api-keys"}
    assert settings_hints(f"{_API}.secrets", secrets, data=data) == ()


@pytest.mark.parametrize(
    "image", ["example/api:1.0-arm64", "arm64v8/nginx:1.29", "example/api@sha256:" + "a" * 64, "example/x64:1.0"]
)
def test_images_that_may_run(image: str) -> None:
    assert [hint for hint in settings_hints(f"{_API}.image", image) if "x64" not in hint.message] == []


def test_what_is_accepted_in_vain_is_a_hint() -> None:
    (hint,) = settings_hints("", None, accepted_hints={"data.queues.jobs": "the billing stack sends to it"})
    assert hint.key == "accepted_hints.data.queues.jobs"


@pytest.mark.parametrize("reason", ["", "  ", "?"])
def test_a_hint_is_not_accepted_without_a_reason(reason: str) -> None:
    with pytest.raises(SettingsError, match=r"accepted_hints\.data\.queues\.jobs.*; write (the reason|what it is)"):
        settings_hints("data.queues.jobs", {}, accepted_hints={"data.queues.jobs": reason})


@pytest.mark.parametrize(
    ("service", "words"),
    [({"sends_to": ["jobs"]}, "nobody receives"), ({"consumes": ["jobs"]}, "nothing sends to it")],
    ids=["no receiver", "no sender"],
)
def test_a_queue_with_one_end(service: dict[str, Any], words: str) -> None:
    other = {"image": "example/other:1", "architecture": "arm64", "writable": ["/tmp"], **service}
    (hint,) = settings_hints("compute.services.other", other, data={"postgres": {"main": {}}, "queues": {"jobs": {}}})
    assert hint.key == "data.queues.jobs"
    assert words in hint.message


def test_what_an_output_names_is_used_by_others() -> None:
    outputs = {"files": "bucket.files.name", "jobs": "queue.jobs.url", "key": "secret.mail-key.arn"}
    data = {"postgres": {"main": {}}, "buckets": {"files": {}}, "queues": {"jobs": {}}, "secrets": {"mail-key": {}}}
    assert settings_hints("", None, data=data, outputs=outputs) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("command", ["sh", "-c", "serve --port $PORT && true"]),
        ("entrypoint", ["/bin/bash", "-c", "exec ${APP}"]),
        ("health_command", ["CMD-SHELL", "curl -f http://localhost:$PORT/ || exit 1"]),
        ("environment", {"PATTERN": "^a$", "PRICE": "5 $", "TEMPLATE": "{{ name }}", "HOST": "postgres.example.com"}),
    ],
)
def test_what_a_shell_or_the_program_reads(key: str, value: Any) -> None:
    assert settings_hints(f"{_API}.{key}", value) == ()


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (_API, {"environment": {"SESSION_KEY": "Orders"}, "not_secrets": {"SESSION_KEY": "the name of a cookie"}}),
        (_API, {"command": ["serve", "--auth-token=Orders"], "not_secrets": {"--auth-token": "the name of a topic"}}),
        (
            "edge.amplify",
            {
                "branches": {"main": {}},
                "environment": {"SESSION_KEY": "Orders"},
                "not_secrets": {"SESSION_KEY": "the name of a cookie"},
            },
        ),
    ],
    ids=["a variable", "a flag", "the web app"],
)
def test_what_is_said_to_be_no_secret_is_taken(at: str, value: dict[str, Any]) -> None:
    service = SOUND["agent-platform:compute"]["services"]["api"]
    assert settings_hints(at, {**service, **value} if at == _API else value) == ()


@pytest.mark.parametrize(("word", "count"), [("yes", 2), ("On", 2), (True, 2), ("no", 0), (False, 0)])
def test_spot_takes_the_words_that_other_switches_take(word: object, count: int) -> None:
    config = broken_config(Broken("", f"{_API}.spot", word, "", "", ""))
    spot = parse({key: as_text(value) for key, value in config.items()}, "agent-platform", "dev").compute
    assert len(spot.services["api"].model_dump()["spot"] or {}) == count


def test_alarms_that_reach_nobody_in_prod() -> None:
    prod: dict[str, Any] = {
        "environment": "prod",
        "data": {"postgres": {"main": {"multi_az": True}}},
        "edge": {"load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z0123456789ABC"}}},
    }
    (hint,) = settings_hints("", None, **prod)
    assert hint.key == "observability.alarms"
    assert settings_hints("", None, **prod, observability={"emails": ["oncall@example.com"]}) == ()
