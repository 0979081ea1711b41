"""A whole stack with tables: how they are joined, and that the strict profile passes on it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.aws_models.checker import check
from tests.aws_models.planting import planted
from tests.program.guarantees import Row
from tests.program.guarantees_tables import ROWS
from tests.program.mutations import Draft
from tests.program.test_aws_only import IMAGE, closed
from tests.program.test_dashboards import unpublished
from tests.program.test_existing import THEIRS
from tests.program.test_guarantees import violations
from tests.program.test_program import PATHS
from tests.settings.broken_existing import existing
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import container, document, of

FILE = SMALL
ENDPOINT, TABLE = "aws:ec2/vpcEndpoint:VpcEndpoint", "dynamodb/table:Table"
PLANS = {"attributes": {"plan_id": "string"}, "partition_key": "plan_id"}
LOGS = {
    "attributes": {"user_id": "string", "at": "number", "plan_id": "string"},
    "partition_key": "user_id",
    "sort_key": "at",
    "indexes": {
        "by_plan": {"partition_key": "plan_id", "sort_key": "at"},
        "plan.keys-only": {"partition_key": "plan_id", "projection": "keys"},
        "plan-status": {"partition_key": "plan_id", "projection": ["status", "total"]},
    },
    "ttl": "expires_at",
    "backup_plan": True,
}
LOADED = {**PLANS, "capacity": {"read": {"min": 5, "max": 100}, "write": 5}, "recovery_days": 7}
FIXED = {
    **LOGS,
    "capacity": {"read": 5, "write": {"min": 2, "max": 2}},
    "ttl": {"attribute": "expires_at", "enabled": False},
    "backup_plan": False,
}
IMPORT = {"image": "example/import:1", "architecture": "arm64", "tables": {"usage_logs": "write"}}


@cache
def extended() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["tables"] = {
            "usage_plans": PLANS,
            "usage_logs": LOGS,
            "loaded": LOADED,
            "fixed": FIXED,
        }
        areas["data"]["backup"] = {}
        areas["compute"]["services"]["api"]["tables"] = {"usage_plans": "read-write", "usage_logs": "read"}
        areas["compute"]["tasks"] = {"import": IMPORT}
        areas["outputs"] |= {"table": "table.usage_logs.name", "table_arn": "table.usage_logs.arn"}

    return varied(FILE, change)


@cache
def closed_with_a_table() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["networking"] |= {"nat": "none", "egress": "aws-only"}
        areas["data"]["tables"] = {"usage_plans": PLANS}
        areas["compute"]["services"]["api"] |= {"image": IMAGE.format("api"), "tables": {"usage_plans": "read"}}

    return varied(FILE, change)


@cache
def existing_with_a_table() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        lists = {"s3_prefix_list_id": "pl-63a5400a", "dynamodb_prefix_list_id": "pl-02cd2c6b", "endpoints": THEIRS}
        areas["networking"] = existing(egress="aws-only", existing=lists)
        areas["edge"] = {"load_balancer": {**areas["edge"]["load_balancer"], "scheme": "internal"}}
        areas["edge"]["load_balancer"]["allow_cidrs"] = ["10.0.0.0/8"]
        areas["data"]["tables"] = {"usage_plans": PLANS}
        areas["compute"]["services"]["api"] |= {"image": IMAGE.format("api"), "tables": {"usage_plans": "read"}}

    return varied(FILE, change)


def statements(plan: Plan, name: str) -> list[dict[str, Any]]:
    policy = document(of(plan, ":RolePolicy", f"{name}-task-task-policy"), "policy")
    return [s for s in policy["Statement"] if any(action.startswith(("dynamodb:", "kms:")) for action in s["Action"])]


def test_the_names_keep_their_underscores() -> None:
    for name in ("usage_plans", "usage_logs"):
        assert of(extended(), TABLE, name).outputs["name"].startswith(f"prod-{name}-")


def test_service_and_task_get_the_name_and_exactly_these_permissions() -> None:
    plans, logs = (of(extended(), TABLE, name).outputs for name in ("usage_plans", "usage_logs"))
    environment = {entry["name"]: entry["value"] for entry in container(extended(), "api")["environment"]}
    assert (environment["USAGE_PLANS_TABLE"], environment["USAGE_LOGS_TABLE"]) == (plans["name"], logs["name"])
    read, write, always = (
        ["GetItem", "BatchGetItem", "Query", "Scan"],
        ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
        ["ConditionCheckItem", "DescribeTable"],
    )
    found = {
        tuple(s["Resource"]): s["Action"] for s in statements(extended(), "api") if "kms:Decrypt" not in s["Action"]
    }
    indexes = [f"{logs['arn']}/index/{name}" for name in LOGS["indexes"]]
    assert found == {
        (plans["arn"],): [f"dynamodb:{action}" for action in (*read, *write, *always)],
        (logs["arn"],): [f"dynamodb:{action}" for action in (*read, *always)],
        tuple(indexes): ["dynamodb:Query", "dynamodb:Scan"],
    }
    only_write = {tuple(s["Resource"]): s["Action"] for s in statements(extended(), "import")}
    key = of(extended(), "kms/key:Key", "data").outputs["arn"]
    assert only_write == {
        (logs["arn"],): [f"dynamodb:{action}" for action in (*write, *always)],
        (key,): ["kms:Decrypt"],
    }


def test_the_key_decrypts_for_each_table_through_dynamodb_only() -> None:
    conditions = [s["Condition"] for s in statements(extended(), "api") if s["Action"] == ["kms:Decrypt"]]
    assert conditions == [
        {
            "StringEquals": {"kms:ViaService": "dynamodb.us-east-1.amazonaws.com"},
            "StringLike": {"kms:EncryptionContext:aws:dynamodb:tableName": of(extended(), TABLE, name).outputs["name"]},
        }
        for name in ("usage_plans", "usage_logs")
    ]


def gateways(plan: Plan) -> set[str]:
    return {
        record.inputs["serviceName"].rpartition(".")[2]
        for record in plan.phases["deployed"].of_type(ENDPOINT)
        if record.inputs["vpcEndpointType"] == "Gateway"
    }


def test_the_gateway_of_dynamodb_stands_where_a_table_is_used() -> None:
    """It is free, and keeps the traffic off NAT."""
    assert gateways(extended()) == {"s3", "dynamodb"}
    assert gateways(planned(FILE)) == {"s3"}
    assert [str(path) for path in network_paths(extended().phases["deployed"])] == sorted(
        [*PATHS[FILE], "import -> 0.0.0.0/0:443"]
    )


def test_without_a_way_to_the_internet_the_gateway_is_enough() -> None:
    """DynamoDB itself asks KMS, so no interface endpoint is needed beside those of every task."""
    plan = closed_with_a_table()
    assert gateways(plan) == {"s3", "dynamodb"}
    interfaces = {
        record.inputs["serviceName"].removeprefix("com.amazonaws.us-east-1.")
        for record in plan.phases["deployed"].of_type(ENDPOINT)
    }
    assert interfaces == {"s3", "dynamodb", "ecr.api", "ecr.dkr", "logs", "secretsmanager"}
    rules = {
        rule.name for rule in plan.phases["deployed"].of_type("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    }
    assert {"api-to-dynamodb-egress", "api-to-s3-egress"} <= rules
    assert "dynamodb" not in gateways(closed())


def test_an_existing_vpc_s_gateway_is_used_by_its_prefix_list() -> None:
    plan = existing_with_a_table()
    assert gateways(plan) == set()
    egress = of(plan, ":SecurityGroupEgressRule", "api-to-dynamodb-egress")
    assert egress.inputs["prefixListId"] == "pl-02cd2c6b"


def test_watched() -> None:
    names = {record.name for record in extended().phases["deployed"].records}
    alarms = ("throttled-reads", "throttled-writes", "system-errors")
    assert {f"{table}-alarms-{what}" for table in ("usage_plans", "usage_logs") for what in alarms} <= names
    widgets = json.loads(of(extended(), ":Dashboard").inputs["dashboardBody"])["widgets"]
    assert "## Table usage_logs" in [widget["properties"].get("markdown") for widget in widgets]
    assert unpublished(extended().phases["deployed"], FILE) == set()


def test_in_the_backup_plan_where_it_asks() -> None:
    assert of(extended(), ":Selection").inputs["resources"] == [of(extended(), TABLE, "usage_logs").outputs["arn"]]


def test_outputs() -> None:
    outputs, made = extended().phases["deployed"].outputs, of(extended(), TABLE, "usage_logs").outputs
    assert (outputs["table"], outputs["table_arn"]) == (made["name"], made["arn"])


def test_what_stood_before_stays_as_it_is() -> None:
    before, after = (plan.phases["deployed"].by_urn() for plan in (planned(FILE), extended()))
    assert set(before) < set(after)
    changed = {before[urn].name for urn in before if before[urn].inputs != after[urn].inputs}
    asked = {f"queries-{what}" for what in ("errors", "one-request", "slowest-requests")}
    assert changed == {"api-task", "dashboard"} | asked


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = extended().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(extended(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(extended(), draft.done(), row.rule)}


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        (("billingMode",), "ON_DEMAND", "enum"),
        (("attributes", 0, "type"), "string", "enum"),
        (("globalSecondaryIndexes", 0, "keySchemas", 0, "keyType"), "PARTITION", "enum"),
        (("globalSecondaryIndexes", 0, "projectionType"), "SOME", "enum"),
        (("globalSecondaryIndexes", 0, "name"), "by", "length"),
        (("pointInTimeRecovery", "recoveryPeriodInDays"), 36, "range"),
        (("ttl", "attributeName"), "a" * 256, "length"),
    ],
)
def test_a_value_that_dynamodb_does_not_take_is_caught(path: tuple[str | int, ...], value: Any, rule: str) -> None:
    record = of(extended(), TABLE, "usage_logs")
    assert rule in {fault.rule for fault in check(planted(record, path, value)).faults}
