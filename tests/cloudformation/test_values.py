"""Every shipped stack against the schemas: each value is one that CloudFormation takes, or the row says why not."""

from __future__ import annotations

from typing import Any

import pytest

from preview.plan import Record
from preview.providers import REGION
from preview.wire import UNKNOWN
from tests.aws_models.planting import planted
from tests.cloudformation import schemas
from tests.cloudformation.conditions import refused
from tests.cloudformation.types import TYPES
from tests.cloudformation.values import check
from tests.program.test_tables import extended
from tests.stacks import FILES, planned

pytestmark = pytest.mark.check

_OF_TABLES = ("aws:appautoscaling/policy:Policy", "aws:appautoscaling/target:Target", "aws:dynamodb/table:Table")
_DATABASE, _STORE = "aws:rds/instance:Instance", "aws:elasticache/replicationGroup:ReplicationGroup"
stack_files = pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
EXCUSED = {
    ("aws:lb/loadBalancer:LoadBalancer", "internal"): "a switch for CloudFormation's Scheme",
    ("aws:ssm/parameter:Parameter", "type"): "CloudFormation makes no SecureString, the API does",
}
"""Type and property that the provider has in another form, with the reason."""


def records(name: str) -> list[tuple[Record, str]]:
    """The deployed records of a stack that have a schema, each with its region."""
    phase = planned(name).phases["deployed"]
    [provider] = [record for record in phase.records if record.type == "pulumi:providers:aws"] or [None]
    region = str(provider.inputs.get("region", REGION)) if provider else REGION
    return [(record, str(record.inputs.get("region", region))) for record in phase.records if record.type in TYPES]


def faults(record: Record, region: str) -> list[str]:
    """What is wrong with a record's values, without what is excused."""
    found = check(record, region).faults
    return [fault for fault in found if tuple(fault.split(": ")[0].split(" ")) not in EXCUSED]


def database_faults(record: Record, region: str) -> list[str]:
    """Whether the class exists for the engine and its version, and in the region."""
    names = {prop: schemas.property_name(record.type, prop, schemas.properties(record.type)) for prop in record.inputs}
    values = {
        name: record.inputs[prop]
        for prop, name in names.items()
        if name and record.inputs[prop] is not UNKNOWN and not isinstance(record.inputs[prop], dict | list)
    }
    classes = schemas.extension("AWS::RDS::DBInstance", "db_instance_class")
    versions = _minor_versions(classes, str(values.get("Engine")), str(values.get("EngineVersion", "")))
    by_version = [list(refused(classes, {**values, "EngineVersion": version})) for version in versions]
    by_region = refused(schemas.extension("AWS::RDS::DBInstance", "dbinstanceclass_enum")[region], values)
    return [*min(by_version, key=len), *by_region]


def _minor_versions(classes: dict[str, Any], engine: str, version: str) -> list[str]:
    """The minor versions that cfn-lint knows of a major one, of which RDS takes its default; others as they are."""
    found = [
        rule["if"]["properties"]["EngineVersion"]["pattern"].rpartition("|")[2].removesuffix(")$").replace("\\", "")
        for rule in classes["allOf"]
        if rule["if"]["properties"]["Engine"]["const"] == engine
    ]
    return [minor for minor in found if minor.rpartition(".")[0] == version] or [version]


@stack_files
def test_every_value_is_taken(name: str) -> None:
    assert [fault for record, region in records(name) for fault in faults(record, region)] == []


def test_every_value_of_a_table_is_taken() -> None:
    found = [record for record in extended().phases["deployed"].records if record.type in _OF_TABLES]
    assert {record.type for record in found} == set(_OF_TABLES)
    assert [fault for record in found for fault in faults(record, REGION)] == []


@stack_files
def test_much_is_judged(name: str) -> None:
    found = records(name)
    assert sum(check(record, region).judged for record, region in found) > 4 * len(found)


@stack_files
def test_every_database_class_exists(name: str) -> None:
    databases = [(record, region) for record, region in records(name) if record.type == _DATABASE]
    assert [fault for record, region in databases for fault in database_faults(record, region)] == []


@stack_files
def test_every_cache_class_exists(name: str) -> None:
    stores = [(record, region) for record, region in records(name) if record.type == _STORE]
    rules = schemas.extension("AWS::ElastiCache::CacheCluster", "cachenodetype_enum")
    refusals = (refused({"properties": {"CacheNodeType": rules[region]}}, _node(record)) for record, region in stores)
    assert [fault for found in refusals for fault in found] == []


def _node(record: Record) -> dict[str, Any]:
    return {"CacheNodeType": record.inputs["nodeType"]}


def first(type_: str) -> tuple[Record, str]:
    return next(pair for pair in records("systems/knwl.yaml") if pair[0].type == type_)


@pytest.mark.parametrize(
    ("prop", "value"),
    [("instanceClass", "db.t4g.nano"), ("instanceClass", "db.t2.micro"), ("instanceClass", "db.x1e.32xlarge")],
)
def test_a_class_that_does_not_exist_is_caught(prop: str, value: str) -> None:
    record, region = first(_DATABASE)
    assert database_faults(record, region) == []
    assert database_faults(planted(record, (prop,), value), region) != []


@pytest.mark.parametrize(
    ("type_", "path", "value"),
    [
        ("aws:ecs/service:Service", ("schedulingStrategy",), "SPREAD"),
        ("aws:cloudwatch/logGroup:LogGroup", ("retentionInDays",), 45),
        ("aws:iam/role:Role", ("maxSessionDuration",), 60),
        ("aws:lb/loadBalancer:LoadBalancer", ("ipAddressType",), "ipv6"),
        ("aws:efs/fileSystem:FileSystem", ("throughputMode",), "fast"),
    ],
)
def test_a_planted_value_is_caught(type_: str, path: tuple[str | int, ...], value: Any) -> None:
    found = [pair for name in FILES for pair in records(name.as_posix()) if pair[0].type == type_]
    record, region = found[0]
    assert faults(planted(record, path, value), region) != []
