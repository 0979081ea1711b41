"""Every resource leads to the settings entry that it serves, and so to a line of the stack file."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import settings
from policy.guardrails import load_config
from preview import files, policies, run, stackfile
from preview.plan import STACK_TYPE, Plan
from settings import Settings
from tests.shown import page_of
from tests.stacks import FILES, planned

NAMES = [path.as_posix() for path in FILES]
each_file = pytest.mark.parametrize("name", NAMES)
UNION = (typing.Union, types.UnionType)


def names(value: Any) -> Iterator[str]:
    """Every mapping key of the parsed settings, which are names that the file gives."""
    if isinstance(value, dict):
        yield from map(str, value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names(item)


def exists(annotation: Any, path: str, known: frozenset[str]) -> bool:
    """Whether the settings model has `path` below `annotation`, be it written in the file or a default."""
    if not path:
        return True
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        return exists(arguments[0], path, known)
    if typing.get_origin(annotation) in UNION:
        return any(exists(argument, path, known) for argument in arguments)
    if typing.get_origin(annotation) is dict:
        # A name may hold dots.
        rests = [path[len(name) + 1 :] for name in known if path == name or path.startswith(f"{name}.")]
        return any(exists(arguments[1], rest, known) for rest in rests)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        key, _, rest = path.partition(".")
        return key in annotation.model_fields and exists(annotation.model_fields[key].annotation, rest, known)
    return False


@each_file
def test_every_top_level_component_has_an_origin_in_the_settings(name: str) -> None:
    parsed = settings.parse(stackfile.read(run.ROOT / name, "agent-platform").values, "agent-platform", "test")
    known = frozenset((*names(parsed.model_dump(mode="json")), *parsed.secret_names))
    tops = [r for r in planned(name).phases["preview"].records if r.parent.split("::")[2] == STACK_TYPE]
    assert {r.type for r in tops if not r.origin} == {"pulumi:providers:aws"}
    assert [(r.name, r.origin) for r in tops if r.origin and not exists(Settings, r.origin, known)] == []


def test_a_path_that_is_no_setting_is_noticed() -> None:
    known = frozenset({"api", "a.b"})
    assert exists(Settings, "compute.services.api.route", known)
    assert exists(Settings, "compute.services.a.b.route", known)
    assert not exists(Settings, "compute.services.web", known)
    assert not exists(Settings, "compute.services.api.rout", known)
    assert not exists(Settings, "computing", known)
    assert not exists(Settings, "environment.api", known)


@each_file
def test_resources_have_the_origin_of_their_component_in_both_phases(name: str) -> None:
    phases = planned(name).phases.values()
    for phase in phases:
        by_urn = phase.by_urn()
        for record in phase.records:
            if not record.inputs.get("origin") or record.custom:
                parent = by_urn.get(record.parent)
                assert record.origin == (parent.origin if parent else ""), record.urn
            else:
                assert record.origin == record.inputs["origin"]
            assert record.to_json()["origin"] == record.origin
    assert len({tuple(phase.origins().items()) for phase in phases}) == 1


@pytest.fixture(scope="module")
def judged() -> Plan:
    """The dev stack, judged by a profile that it does not pass."""
    return policies.judge(
        planned("Pulumi.dev.yaml"), load_config(run.ROOT / "policy/profiles/strict.json"), date(2026, 11, 21)
    )


def line_with(text: str) -> int:
    """The line of the dev stack's file that holds `text`."""
    (line,) = [i for i, row in enumerate((run.ROOT / "Pulumi.dev.yaml").read_text().splitlines(), 1) if text in row]
    return line


def test_a_finding_names_its_setting_and_the_line(judged: Plan) -> None:
    file = judged.config_file.as_posix()
    database, load_balancer = line_with("main: {instance"), line_with("agent-platform:edge:")
    for name, place in (
        ("main", f"(data.postgres.main, {file}:{database})"),
        # The file has an HTTP API; the load balancer behind it is a default.
        ("load-balancer", f"(edge.load_balancer, {file}:{load_balancer})"),
    ):
        (line,) = [row for row in page_of(judged).splitlines() if f"deletion-protection {name}:" in row]
        assert line.endswith(place)


def test_sarif_has_the_line_of_the_setting(judged: Plan, tmp_path: Path) -> None:
    path = tmp_path / "out.sarif"
    files.write(judged, json_file=None, sarif_file=path, junit_file=None)
    results = json.loads(path.read_text())["runs"][0]["results"]
    lines = {
        result["locations"][0]["logicalLocations"][0]["name"]: result["locations"][0]["physicalLocation"]["region"]
        for result in results
    }
    assert lines["main"] == {"startLine": line_with("main: {instance")}
    assert lines["openai-api-key"] == {"startLine": line_with("openai-api-key: {description")}
