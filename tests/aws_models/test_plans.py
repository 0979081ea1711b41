"""Every shipped stack file: AWS would take each value, and few resources stay unchecked."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.aws_models.checker import Verdict, check_all
from tests.aws_models.table import UNCOVERED
from tests.stacks import FILES, planned, varied

_LEAST = 0.60

stack_files = pytest.mark.parametrize("name", [path.as_posix() for path in FILES])


@cache
def verdicts(name: str) -> list[Verdict]:
    return check_all(planned(name).phases["deployed"].records)


@stack_files
def test_aws_takes_every_value(name: str) -> None:
    faults = [str(fault) for verdict in verdicts(name) for fault in verdict.faults]
    assert faults == [], "\n".join(faults)


@stack_files
def test_most_resources_are_checked(name: str) -> None:
    found = verdicts(name)
    share = sum(bool(verdict.checked) for verdict in found) / len(found)
    unchecked = sorted({verdict.record.type for verdict in found if not verdict.checked})
    assert share >= _LEAST, f"{share:.0%} of {len(found)} custom resources are checked, but not {', '.join(unchecked)}"


@stack_files
def test_each_unchecked_type_has_a_reason(name: str) -> None:
    unchecked = {verdict.record.type for verdict in verdicts(name) if not verdict.checked}
    assert unchecked - set(UNCOVERED) == set()


@stack_files
def test_most_properties_are_checked(name: str) -> None:
    found = verdicts(name)
    checked = sum(len(verdict.checked) for verdict in found)
    unmapped = [f"{v.record.type} {re.sub(r'.[0-9]+.', '', path)}" for v in found for path in v.unmapped]
    assert checked / (checked + len(unmapped)) >= _LEAST, "\n".join(sorted(set(unmapped)))


@stack_files
def test_nothing_is_said_of_what_is_not_known_yet(name: str) -> None:
    assert not [fault for verdict in check_all(planned(name).phases["preview"].records) for fault in verdict.faults]


def longest_names(areas: dict[str, Any]) -> None:
    service, database = "s2345678-012345678", "d2345678-012345678"
    own = {"connects_to": [database], "deploy": {"strategy": "linear"}}
    areas["compute"]["services"] = {service: {**areas["compute"]["services"]["knwl"], **own}}
    areas["data"]["postgres"] = {database: {**areas["data"]["postgres"]["main"], "credentials": "generated"}}
    areas["outputs"] = {}


def everything_on(areas: dict[str, Any]) -> None:
    replicas = {"min": 1, "max": 4, "requests_per_target": 100}
    deploy = {"strategy": "canary"}
    areas["compute"]["services"]["knwl"] |= {"exec": True, "spot": True, "replicas": replicas, "deploy": deploy}
    areas["networking"] |= {"nat": "instance", "endpoints": ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]}
    areas["edge"]["http_api"] |= {
        "cors": {"origins": ["https://app.example.com"]},
        "domain": {"name": "api.knwl.example.com", "zone": "Z0EXAMPLE1KNWL"},
    }
    areas["observability"] |= {"emails": ["oncall@example.com"]}


@pytest.mark.parametrize("change", [longest_names, everything_on])
def test_aws_takes_the_values_of_other_settings(change: Callable[[dict[str, Any]], None]) -> None:
    found = check_all(varied("systems/knwl.yaml", change).phases["deployed"].records)
    faults = [str(fault) for verdict in found for fault in verdict.faults]
    assert faults == [], "\n".join(faults)
    assert {verdict.record.type for verdict in found if not verdict.checked} - set(UNCOVERED) == set()
