"""Several databases behind one service: which combinations one set of variables can hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings.loader import SettingsError, parse

NAMED = [{"to": "one", "env": {"ONE_URL": {}}}, {"to": "two", "env": {"TWO_URL": {}}}]


def faults(credentials: tuple[str, str], connects_to: list[Any]) -> list[str]:
    service = {"image": "nginx:1.29", "architecture": "arm64", "port": 80, "connects_to": connects_to}
    areas = {
        "environment": "dev",
        "networking": json.dumps({"cidr": "10.20.0.0/16", "zones": ["us-east-1a", "us-east-1b"]}),
        "data": json.dumps(
            {"postgres": {n: {"credentials": c} for n, c in zip(("one", "two"), credentials, strict=True)}}
        ),
        "compute": json.dumps({"services": {"api": service}}),
    }
    config = {"aws:region": "us-east-1", **{f"agent-platform:{area}": text for area, text in areas.items()}}
    try:
        parse(config, "agent-platform", "dev")
    except SettingsError as error:
        return [f"{fault.key}: {fault.reason}" for fault in error.faults]
    return []


@pytest.mark.parametrize("credentials", [("generated", "generated"), ("managed", "generated"), ("generated", "iam")])
def test_one_set_of_pg_variables_and_urls_by_name(credentials: tuple[str, str]) -> None:
    assert faults(credentials, NAMED) == []


@pytest.mark.parametrize("credentials", [("managed", "managed"), ("managed", "iam"), ("iam", "iam")])
def test_pg_variables_hold_one_database(credentials: tuple[str, str]) -> None:
    (fault,) = faults(credentials, NAMED)
    assert fault.startswith("agent-platform:compute.services.api.connects_to: one and two both set PGHOST, PGUSER")
    assert "write credentials: generated for the others" in fault


def test_a_url_variable_holds_one_database() -> None:
    (fault,) = faults(("generated", "generated"), ["one", "two"])
    assert fault.startswith("agent-platform:compute.services.api.connects_to[1].env: DATABASE_URL is the URL of one;")
