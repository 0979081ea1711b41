"""The same verdicts from direct calls and from the SDK's servicer, with and without the cache."""

from __future__ import annotations

import pytest

from policy.guardrails import UNKNOWN, Report, Resource, evaluate
from policy.guardrails.catalogue import profile_document
from policy.guardrails.config import parse_config
from tests.policy.cases import CASES
from tests.policy.engine import Diagnostics, Engine, analyze_request, caching, secret, stack_request
from tests.policy.shapes import Vpc, deployed, preview
from tests.policy.support import BY_ID, CANARY, TODAY, res

COMPANIONS = ("undecided", "exemptions")
STRICT = profile_document("strict")
SCENES = [scene for case in CASES.values() for scene in (*case.ok, *case.bad, *case.unknown)]


def expected(report: Report) -> list[tuple[str, str, str, str]]:
    return sorted((item.policy, item.level, item.urn, item.message) for item in (*report.violations, *report.errors))


def expected_undecided(report: Report) -> list[tuple[str, str]]:
    return sorted((item.urn, f"{item.policy}: undecided: {item.message}") for item in report.undecided)


def same(report: Report, diagnostics: Diagnostics) -> None:
    assert diagnostics.without(*COMPANIONS) == expected(report)
    assert sorted((urn, message) for _, _, urn, message in diagnostics.of("undecided")) == expected_undecided(report)


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("part", range(4))
def test_every_fixture(part: int, cached: bool):
    config = parse_config(STRICT, BY_ID)
    with caching(cached):
        for scene in SCENES[part::4] if cached else SCENES[part::16]:
            same(evaluate(scene.resources, config, today=TODAY), Engine(STRICT).run(scene.resources))


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("shape", [preview, deployed])
def test_whole_networks(shape, cached: bool):
    config = parse_config(STRICT, BY_ID)
    with caching(cached):
        for seed in range(6):
            resources = shape(Vpc.random(seed))
            same(evaluate(resources, config, today=TODAY), Engine(STRICT).run(resources))


def state_shaped(resources: list[Resource]) -> list[Resource]:
    """As `policy analyze` sends an exported state: every id known, dependencies without properties."""
    return [
        Resource(
            item.urn,
            item.type,
            item.name,
            item.inputs,
            dependencies=item.dependencies,
            id=item.id,
            outputs=item.outputs,
        )
        for item in resources
    ]


@pytest.mark.parametrize("cached", [True, False])
def test_an_exported_state_gets_the_verdicts_of_the_deployed_stack(cached: bool):
    config = parse_config(STRICT, BY_ID)
    with caching(cached):
        for seed in range(12):
            resources = deployed(Vpc.random(seed))
            direct = evaluate(resources, config, today=TODAY)
            same(direct, Engine(STRICT).run(state_shaped(resources)))


def test_inputs_decide_where_outputs_are_unknown():
    """At preview the engine sends unset optional properties as unknown outputs to stack policies."""
    table = res("ec2/vpc", "vpc", cidrBlock="10.0.0.0/16", outputs={"tags": UNKNOWN, "cidrBlock": UNKNOWN})
    database = res("rds/instance", "it", engine="postgres", outputs={"storageEncrypted": UNKNOWN})
    with caching(True):
        diagnostics = Engine().run([table, database])
    assert [item[2] for item in diagnostics.of("rds-storage-encrypted")] == [database.urn]


def test_a_resource_outside_target_is_checked_by_its_outputs():
    database = res("rds/instance", "it", engine="postgres")
    engine = Engine()
    diagnostics = Diagnostics()
    diagnostics.add(engine.servicer.AnalyzeStack(stack_request([database]), None))
    assert diagnostics.of("rds-storage-encrypted")


def test_a_secret_is_reported_and_not_printed():
    parameter = res("ssm/parameter", "it", name="/db/password", type="String", value=secret(CANARY))
    with caching(True):
        diagnostics = Engine().run([parameter])
    assert diagnostics.of("parameter-secure-string")
    assert CANARY not in repr(diagnostics.reported)


def test_remediation_keeps_secrets_and_changes_only_what_it_must():
    config = {rule_id: {**values, "enforcementLevel": "remediate"} for rule_id, values in STRICT.items()}
    engine = Engine(config)
    database = res("rds/instance", "it", engine="postgres", publiclyAccessible=True, password=secret(CANARY))
    response = engine.servicer.Remediate(analyze_request(database), None)
    assert [item.policyName for item in response.remediations] == ["database-not-public"]
    properties = response.remediations[0].properties
    assert properties["publiclyAccessible"] is False
    assert properties["password"]["value"] == CANARY
    assert properties["engine"] == "postgres"
