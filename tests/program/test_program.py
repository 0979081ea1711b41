"""The whole program, for every stack file the project ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import settings
from preview import check, run, stackfile
from preview.network_paths import network_paths
from preview.plan import Plan
from settings.references import references
from tests.recording import plan_of
from tests.stacks import FILES, SMALL, SMALL_DEV, planned, varied

NAMES = [path.as_posix() for path in FILES]
each_file = pytest.mark.parametrize("name", NAMES)
PATHS = {
    "Pulumi.dev.yaml": [
        "10.20.0.0/20 -> network-nat:all",
        "10.20.16.0/20 -> network-nat:all",
        "api -> 0.0.0.0/0:443",
        "api -> cache:6379",
        "api -> main:5432",
        "http-api -> load-balancer:80",
        "load-balancer -> api:80",
        "network-nat -> 0.0.0.0/0:all",
    ],
    "Pulumi.prod.yaml": [
        "0.0.0.0/0 -> load-balancer:443",
        "0.0.0.0/0 -> load-balancer:80",
        "api -> 0.0.0.0/0:443",
        "api -> cache:6379",
        "api -> main:5432",
        "load-balancer -> api:80",
    ],
    SMALL: [
        "0.0.0.0/0 -> load-balancer:443",
        "0.0.0.0/0 -> load-balancer:80",
        "api -> 0.0.0.0/0:443",
        "api -> main:5432",
        "load-balancer -> api:80",
    ],
}


def test_the_shipped_files_are_found() -> None:
    assert {"Pulumi.dev.yaml", "Pulumi.prod.yaml", "systems/knwl.yaml"} <= set(NAMES)


@each_file
def test_urns_are_unique_and_the_engine_s(name: str) -> None:
    for phase in planned(name).phases.values():
        urns = [record.urn for record in phase.records]
        assert len(set(urns)) == len(urns)
        by_urn = phase.by_urn()
        for record in phase.records:
            chain = record.urn.split("::")[2].split("$")
            parent = by_urn.get(record.parent)
            above = parent.urn.split("::")[2].split("$") if parent else []
            assert chain == [*above, record.type]


@each_file
def test_nothing_is_parentless_but_the_provider(name: str) -> None:
    for record in planned(name).phases["preview"].records:
        if record.custom and "pulumi:pulumi:Stack" in record.parent:
            assert record.type == "pulumi:providers:aws"


@each_file
def test_children_are_named_after_their_parent(name: str) -> None:
    phase = planned(name).phases["preview"]
    by_urn = phase.by_urn()
    for record in phase.records:
        parent = by_urn.get(record.parent)
        assert parent is None or record.name == parent.name or record.name.startswith(f"{parent.name}-"), record.urn


@each_file
def test_every_component_registers_its_outputs_once(name: str) -> None:
    for phase in planned(name).phases.values():
        assert check.unregistered(phase) == []


@each_file
def test_every_custom_resource_has_the_explicit_provider(name: str) -> None:
    for record in planned(name).phases["preview"].records:
        if record.custom and record.type.startswith("aws:"):
            assert record.provider.endswith("pulumi:providers:aws::aws"), record.urn


@each_file
def test_default_tags_reach_what_can_be_tagged(name: str) -> None:
    plan = planned(name)
    vpc = plan.phases["preview"].of_type("aws:ec2/vpc:Vpc")[0]
    assert {"Project", "Stack", "Environment", "ManagedBy", "Name"} <= set(vpc.inputs["tags"])
    assert vpc.inputs["tags"]["Stack"] == plan.stack


@each_file
def test_references_of_settings_and_program_agree(name: str) -> None:
    file = stackfile.read(run.ROOT / name, "agent-platform")
    allowed = references(settings.parse(file.values, "agent-platform", file.stack))

    def change(areas: dict) -> None:
        areas["outputs"] = {f"o{i}": reference for i, reference in enumerate(allowed)}

    exported = varied(name, change).phases["deployed"].outputs
    assert len(exported) == len(allowed)
    assert all(value not in (None, "", [], {}) for value in exported.values())


@each_file
def test_nothing_unknown_is_left_once_deployed(name: str) -> None:
    assert not [r.urn for r in planned(name).phases["deployed"].records if r.unknown]


@pytest.mark.parametrize("name", PATHS)
def test_network_paths(name: str) -> None:
    for phase in planned(name).phases.values():
        assert [str(path) for path in network_paths(phase)] == PATHS[name]


@each_file
def test_no_path_is_half_open(name: str) -> None:
    assert not [path for path in network_paths(planned(name).phases["deployed"]) if path.half]


def test_a_plan_depends_on_nothing_that_ran_before() -> None:
    def text(plan: Plan) -> str:
        return json.dumps(plan.to_json(), sort_keys=False)

    first, other = text(planned("Pulumi.dev.yaml")), text(planned("Pulumi.prod.yaml"))
    assert first == text(plan_of(stackfile.read(run.ROOT / "Pulumi.dev.yaml", "agent-platform")))
    assert first != other


def test_the_json_is_the_contract() -> None:
    made = planned("Pulumi.dev.yaml").to_json()
    assert set(made) == {"stack", "config_file", "phases"}
    assert set(made["phases"]) == {"preview", "deployed"}
    for phase in made["phases"].values():
        assert {"resources", "outputs"} <= set(phase)
        for resource in phase["resources"]:
            assert set(resource) == {
                "urn", "type", "name", "parent", "origin", "custom", "inputs", "unknown", "secret",
                "dependencies", "property_dependencies", "protect", "retain_on_delete",
            }  # fmt: skip
            assert "<unknown>" in json.dumps(resource["inputs"]) or not set(resource["unknown"]) - set(
                resource["secret"]
            )


def test_protect_follows_the_environment() -> None:
    def protected(plan: Plan) -> dict[str, bool]:
        return {r.name: r.protect for r in plan.phases["preview"].records if r.type == "aws:rds/instance:Instance"}

    assert protected(planned("Pulumi.dev.yaml")) == {"main": False}
    assert protected(planned("Pulumi.prod.yaml")) == {"main": True}
    off = varied("Pulumi.prod.yaml", lambda areas: areas.update(protect="false"))
    assert protected(off) == {"main": False}
    assert "protect: is off: this prod stack and its data can be destroyed" in off.phases["preview"].warnings
    instance = off.phases["preview"].of_type("aws:rds/instance:Instance")[0].inputs
    assert instance["deletionProtection"] is False


def test_editors_find_the_schema() -> None:
    for name in NAMES:
        first = (run.ROOT / name).read_text().splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert ((run.ROOT / name).parent / named).resolve() == Path(run.ROOT / "settings/schema.json")


def test_what_must_be_there_first() -> None:
    """Tasks need the way out, an internet-facing load balancer needs the internet gateway."""
    phase = planned(SMALL_DEV).phases["preview"]
    by_urn = phase.by_urn()

    def waits(type_: str, name: str) -> set[str]:
        (record,) = [r for r in phase.of_type(type_) if r.name == name]
        return {by_urn[urn].name for urn in record.dependencies if urn in by_urn}

    assert {
        "cluster-capacity",
        "network-nat-instance",
        "network-private-0-default",
        "network-private-1-to-0",
        "api-rule",
    } <= waits("aws:ecs/service:Service", "api")
    balancer = waits("aws:lb/loadBalancer:LoadBalancer", "load-balancer")
    assert {"network-igw", "network-public-default", "network-public-to-0"} <= balancer


def test_endpoints_are_there_before_the_tasks() -> None:
    def change(areas: dict) -> None:
        areas["networking"] |= {"nat": "none", "egress": "aws-only"}
        api = areas["compute"]["services"]["api"]
        api |= {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1", "exec": False}

    phase = varied("Pulumi.dev.yaml", change).phases["preview"]
    by_urn = phase.by_urn()
    (service,) = phase.of_type("aws:ecs/service:Service")
    assert {"network-endpoints-ecr-api", "network-endpoints-logs"} <= {by_urn[urn].name for urn in service.dependencies}


def test_the_data_key_outlives_the_stack_unless_told_otherwise() -> None:
    def kept(name: str) -> bool:
        (key,) = [r for r in planned(name).phases["preview"].of_type("aws:kms/key:Key") if r.name == "data"]
        return key.retain_on_delete

    assert kept("Pulumi.prod.yaml")
    assert kept("systems/knwl.yaml")
    assert not kept("Pulumi.dev.yaml")
    off = varied("Pulumi.prod.yaml", lambda areas: areas.update(protect="false"))
    assert [r.retain_on_delete for r in off.phases["preview"].of_type("aws:kms/key:Key") if r.name == "data"] == [True]
