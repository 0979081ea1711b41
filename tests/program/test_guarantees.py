"""Each guarantee that a rule watches is taken out of the plan, and exactly there the rule trips."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import cache

import pytest

from policy.guardrails import RULES, Finding, PackConfig
from policy.guardrails.config import parse_config
from policy.guardrails.evaluation import RULES_BY_ID, matches
from policy.guardrails.types import normalise
from preview import policies
from preview.plan import Phase, PhaseName, Plan
from preview.run import ROOT
from tests.program.guarantees import NOT_GUARANTEED, ROWS, Row
from tests.program.guarantees_buckets import ROWS as BUCKETS
from tests.program.guarantees_distribution import ROWS as DISTRIBUTION
from tests.program.guarantees_h2o import H2O
from tests.program.guarantees_h2o import ROWS as WEB_APP
from tests.program.guarantees_stores import ROWS as STORES
from tests.program.mutations import Draft
from tests.stacks import FILES, planned

TEAM = "systems/agent-team.yaml"
ALL = (
    *ROWS,
    *(row._replace(file=TEAM) for row in STORES),
    *(row._replace(file=H2O) for row in (*BUCKETS, *DISTRIBUTION)),
    *WEB_APP,
)
TODAY = date(2026, 11, 21)
PHASES: tuple[PhaseName, ...] = ("preview", "deployed")
CASES = [
    pytest.param(row, phase, id=f"{row.rule}-{row.subject}-{number}-{phase}")
    for number, row in enumerate(ALL)
    for phase in PHASES
    if row.known or phase == "deployed"
]


@cache
def only(rule: str) -> PackConfig:
    """The pack with one rule, mandatory, and the parameters that `strict` gives it."""
    strict = json.loads((ROOT / "policy/profiles/strict.json").read_text())
    return parse_config({"all": "disabled", rule: {**strict[rule], "enforcementLevel": "mandatory"}}, RULES_BY_ID)


def violations(plan: Plan, phase: Phase, rule: str) -> list[Finding]:
    changed = dataclasses.replace(plan, phases={phase.name: phase})
    report = policies.judge(changed, only(rule), TODAY).phases[phase.name].report
    assert report is not None
    assert not report.errors
    return list(report.violations)


@pytest.mark.parametrize(("row", "name"), CASES)
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    plan = planned(row.file)
    phase = plan.phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(plan, phase, row.rule)}
    row.edit(draft)
    found = [finding for finding in violations(plan, draft.done(), row.rule) if finding.urn == urn]
    assert found, "the rule does not notice"
    assert {finding.policy for finding in found} == {row.rule}


def test_editing_leaves_the_plan_alone() -> None:
    """All rows share one recorded plan."""
    phases = {row.file: planned(row.file).phases["deployed"] for row in ALL}
    before = {file: repr(phase) for file, phase in phases.items()}
    for row in ALL:
        row.edit(Draft(phases[row.file]))
    assert {file: repr(phase) for file, phase in phases.items()} == before


@cache
def applying() -> frozenset[tuple[str, str]]:
    """Rule and type, for every rule that judges a resource of a shipped stack file."""
    types = {record.type for file in FILES for record in planned(file.as_posix()).phases["deployed"].records}
    return frozenset((rule.id, normalise(type_)) for rule in RULES for type_ in types if matches(rule, type_))


def test_every_rule_that_judges_a_planned_resource_has_its_row() -> None:
    covered = {(row.rule, row.subject.partition("::")[0]) for row in ALL}
    assert sorted(applying() - covered - NOT_GUARANTEED.keys()) == []
    assert sorted(covered - applying()) == []


def test_what_is_not_guaranteed_is_stated_and_no_more() -> None:
    covered = {(row.rule, row.subject.partition("::")[0]) for row in ALL}
    assert sorted(NOT_GUARANTEED.keys() - applying()) == []
    assert sorted(NOT_GUARANTEED.keys() & covered) == []
