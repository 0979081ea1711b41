"""What a message says to a person: the user's own value in the fix, and nothing of pydantic's or of a secret."""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings.corrections import corrected, parts
from settings.fault_lines import fault_lines
from settings.model import OPEN, Fault, Rename
from tests.settings.broken import CANARY, SOUND, Broken, broken_config
from tests.settings.test_fixes import faults_of

API = "compute.services.api"


def faults(at: str, value: Any) -> list[Fault]:
    return faults_of(broken_config(Broken("", at, value, "", "", "")))


def only(at: str, value: Any) -> Fault:
    (fault,) = faults(at, value)
    return fault


@pytest.mark.parametrize(
    ("at", "value", "fix", "meant"),
    [
        # Named in the list of faults of the messages.
        (f"{API}.command", "celery -A shop beat", "write [celery, -A, shop, beat]", ["celery", "-A", "shop", "beat"]),
        (f"{API}.architecture", "amd64", "write x86_64", "x86_64"),
        ("observability.log_retention_days", 15, "write 14 or 30", 14),
        ("compute.schedules", {"n": {"task": "t", "cron": "0 3 * * *"}}, "write 0 3 * * ? *", "0 3 * * ? *"),
        ("aws:region", "us-east-1\u00a0", "write us-east-1", "us-east-1"),
        # Their siblings.
        (f"{API}.command", "gunicorn -b 0.0.0.0:80 'a b'", 'write [gunicorn, -b, "0.0.0.0:80", "a b"]',
         ["gunicorn", "-b", "0.0.0.0:80", "a b"]),
        (f"{API}.entrypoint", "python -m app", "write [python, -m, app]", ["python", "-m", "app"]),
        (f"{API}.health_command", "curl -f http://localhost/ || exit 1",
         'write [sh, -c, "curl -f http://localhost/ || exit 1"]', ["sh", "-c", "curl -f http://localhost/ || exit 1"]),
        (f"{API}.writable", "/tmp, /var/run", "write [/tmp, /var/run]", ["/tmp", "/var/run"]),
        (f"{API}.architecture", "aarch64", "write arm64", "arm64"),
        (f"{API}.architecture", "linux/amd64", "write x86_64", "x86_64"),
        ("environment", "production", "write prod", "prod"),
        ("environment", "Dev", "write dev", "dev"),
        (f"{API}.port", "8000/tcp", "write 8000", 8000),
        (f"{API}.port", "80:8000", "write 8000", 8000),
        (f"{API}.memory", "2 GiB", "write 2048", 2048),
        (f"{API}.cpu", 0.5, "write 512", 512),
        (f"{API}.exec", "disabled", "write false", False),
        (f"{API}.request_timeout_s", "2min", "write 120", 120),
        (f"{API}.environment", ["DEBUG=1"], "write `key: value` lines below it, without `- `", OPEN),
        (f"{API}.route", "paths:/api", "write `paths: /api`, with a space after the colon", {"paths": "/api"}),
        (f"{API}.replicas", 3, "write {min: 3, max: 3}", {"min": 3, "max": 3}),
        ("data.postgres.main.instance", "t4g.micro", "did you mean db.t4g.micro?", "db.t4g.micro"),
        ("aws:allowedAccountIds", ["1234-5678-9012"], "did you mean 123456789012?", "123456789012"),
        ("tags", {"Team": "a\u200bb"}, "write ab", "ab"),
        ("environment", "\u201cdev\u201d", "write dev", "dev"),
        ("networking.nat", "per_zone", "write per-zone", "per-zone"),
    ],
)  # fmt: skip
def test_the_fix_has_the_user_s_own_value(at: str, value: Any, fix: str, meant: Any) -> None:
    fault = faults(at, value)[0]
    assert parts(fault)[1] == fix
    assert corrected(fault) == meant


@pytest.mark.parametrize("value", ["512", 512])
def test_a_number_in_quotes_is_a_number_everywhere(value: Any) -> None:
    assert faults("", {f"{API}.cpu": value, f"{API}.memory": "1024", f"{API}.port": "80"}) == []
    assert faults("observability.log_retention_days", "30") == []
    assert faults("networking.flow_logs", {"log_retention_days": "30"}) == []


@pytest.mark.parametrize("value", ["staging", "test", "qa"])
def test_an_environment_of_one_s_own_says_what_to_do(value: str) -> None:
    fault = only("environment", value)
    assert fault.reason.startswith(f"'{value}' is neither dev nor prod; write prod if it needs what production needs")
    assert "else dev; the stack itself may have any name" in fault.reason


@pytest.mark.parametrize("key", ["gpu", "gpus", "GPU"])
def test_gpus_are_not_taken_for_cpus(key: str) -> None:
    assert only(f"{API}.{key}", 1).reason == "unknown key: GPUs are not supported, since Fargate has none; remove it"


@pytest.mark.parametrize(
    ("key", "name"),
    [("memroy", "memory"), ("env", "environment"), ("desired_count", "replicas"), ("depends_on", "connects_to"),
     ("healthcheck", "health_command"), ("start-period-s", "start_period_s"), ("port\u00a0", "port")],
)  # fmt: skip
def test_a_guess_stands_alone(key: str, name: str) -> None:
    fault = next(fault for fault in faults(f"{API}.{key}", {}) if fault.key.endswith(key))
    assert fault.reason.endswith(f"; did you mean {name}?")
    assert fault.reason.startswith("unknown key")
    assert corrected(fault) == Rename(name)


def test_without_a_guess_not_every_key_is_listed() -> None:
    reason = only(f"{API}.xyzzy", 1).reason
    assert reason.startswith("unknown key; remove it, or write one of architecture, buckets,")
    assert reason.endswith(" more")
    assert reason.count(",") < 15


def test_a_key_of_a_neighbour_says_where_it_belongs() -> None:
    assert only(f"{API}.paths", ["/x"]).reason == "unknown key; did you mean route.paths?"


@pytest.mark.parametrize(
    ("at", "value", "shown"),
    [
        ("data.secrets", {"openai-api-key": {"generate": 8}}, "8 is too small; write 16 or more"),
        ("data.secrets", {"openai-api-key": {"remind_days": 0}}, "0 is too small; write 1 or more"),
        ("data.buckets", {"keys": {"log_retention_days": 0}}, "0 is too small; write 1 or more"),
    ],
)
def test_a_number_is_shown_where_the_key_says_key_or_secret(at: str, value: Any, shown: str) -> None:
    assert only(at, value).reason == shown


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (f"{API}.command", f"serve --db-password={CANARY}"),
        (f"{API}.command", f"serve --db-password {CANARY}"),
        (f"{API}.entrypoint", f"env OPENAI_API_KEY={CANARY} app"),
        (f"{API}.environment", f"PASSWORD:{CANARY}"),
        (f"{API}.environment", [f"PASSWORD={CANARY}"]),
        (f"{API}.environment", {"PIN": 92837465}),
        (f"{API}.secrets", {"PIN": 92837465}),
        (f"{API}.secrets", {"A": [CANARY]}),
        ("data.postgres.main.password", CANARY),
        ("data.postgres.main", f"password:{CANARY}"),
        (f"{API}.port", f"postgres://u:{CANARY}@db:5432/"),
    ],
)
def test_no_secret_is_said_nor_corrected(at: str, value: Any) -> None:
    for fault in faults(at, value):
        said = json.dumps([fault.key, fault.reason, repr(corrected(fault))])
        assert CANARY not in said
        assert "92837465" not in said


@pytest.mark.parametrize("area", ["netwroking", "networkin"])
def test_a_misspelt_area_is_read_as_what_it_means(area: str) -> None:
    config = {**SOUND, f"agent-platform:{area}": {"zones": ["us-east-1a", "us-east-1b"], "cidr": "10.20.1.0/16"}}
    del config["agent-platform:networking"]
    assert [(fault.key, fault.reason) for fault in faults_of(config)] == [
        (f"agent-platform:{area}", "unknown key; did you mean networking?"),
        (f"agent-platform:{area}.cidr", "'10.20.1.0/16' has host bits set; write 10.20.0.0/16"),
    ]


def test_a_broken_key_hides_no_fault_of_another_area() -> None:
    config = broken_config(Broken("", f"{API}.memroy", 1024, "", "", ""))
    del config["agent-platform:compute"]["services"]["api"]["memory"]
    config["agent-platform:outputs"] = {"url": "servce.api.url"}
    config["agent-platform:data"] = {"postgres": {"main": {"version": "16", "backup_plan": True}}}
    config["agent-platform:edge"] = {"load_balancer": {"scheme": "intrenal"}}
    assert {fault.key.partition(":")[2] for fault in faults_of(config)} == {
        f"{API}.memroy",
        "edge.load_balancer.scheme",
        "outputs.url",
        "data.postgres.main.backup_plan",
    }


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (f"{API}.port", "eighty"),
        (f"{API}.route", "everything"),
        (f"{API}.connects_to", [7]),
        ("networking.zones", ["a", "b"]),
        ("data.postgres", {"main": {"version": "sixteen"}}),
        ("aws:region", "virginia"),
        (f"{API}.cpu", "much"),
        ("edge", []),
    ],
)
def test_what_follows_of_a_broken_key_is_not_told(at: str, value: Any) -> None:
    assert len(fault_lines(faults(at, value))) == 1


def test_equal_faults_of_siblings_are_one_line() -> None:
    services = {f"s{i}": {"image": "example/a:1", "architecture": "arm64", "port": 80, "x": 1} for i in range(6)}
    config = broken_config(Broken("", "compute.services", services, "", "", ""))
    config["agent-platform:outputs"] = {}
    (line,) = fault_lines(faults_of(config))
    assert line.startswith("agent-platform:compute.services.s0.x: unknown key; remove it")
    assert line.endswith(" (also s1, s2, s3 and 2 more)")
    (line,) = fault_lines(faults_of(config), every_name=True)
    assert line.endswith(" (also s1, s2, s3, s4, s5)")


def test_siblings_with_other_values_are_one_line_too() -> None:
    (line,) = fault_lines(faults("networking.zones", ["a", "b"]))
    assert line == (
        "agent-platform:networking.zones[0]: 'a' is not an availability zone; write one like us-east-1a (also [1])"
    )
    assert len(fault_lines(faults(f"{API}", {"image": "a:1", "architecture": "arm64", "cpu": 3, "memory": "x"}))) == 2
