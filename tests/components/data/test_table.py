"""A table: keys, indexes, capacity, encryption, recovery, protection."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.data.store import StoreArgs
from components.data.table import Table
from preview.plan import PhaseName, Plan
from preview.transition.compare import transition
from preview.transition.model import Outcome
from preview.transition.resources import of_records
from settings.data import tables
from tests.recording import children, one, record

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TABLE, TARGET, POLICY = (
    "aws:dynamodb/table:Table",
    "aws:appautoscaling/target:Target",
    "aws:appautoscaling/policy:Policy",
)
KEYS: dict[str, Any] = {
    "attributes": {"user_id": "string", "at": "number", "digest": "binary"},
    "partition_key": "user_id",
    "sort_key": "at",
    "indexes": {"by_digest": {"partition_key": "digest"}},
}
SIMPLE: dict[str, Any] = {"attributes": {"id": "string"}, "partition_key": "id"}


def table(*, protect: bool = True, **settings: Any) -> Plan:
    def program() -> None:
        args = StoreArgs(
            settings=tables.Table.model_validate(settings), key_arn=pulumi.Output.from_input(KEY), protect=protect
        )
        logs = Table("usage_logs", args)
        for access in ("read", "write", "read-write"):
            injection = logs.injection("USAGE_LOGS_TABLE", access)
            pulumi.export(access, [permission.actions for permission in injection.task_permissions])
            pulumi.export(f"{access}-on", [permission.resources for permission in injection.task_permissions])
            pulumi.export(f"{access}-environment", dict(injection.environment))

    return record(program)


def inputs(**settings: Any) -> dict[str, Any]:
    return one(table(**settings).phases["deployed"], TABLE).inputs


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(phase: PhaseName) -> None:
    assert children(table(**KEYS).phases[phase]) == [(TABLE, "usage_logs")]
    capacity = {"read": {"min": 5, "max": 100}, "write": 5}
    assert children(table(**SIMPLE, capacity=capacity).phases[phase]) == [
        (POLICY, "usage_logs-read"),
        (TARGET, "usage_logs-read"),
        (TABLE, "usage_logs"),
    ]


def test_keys() -> None:
    found = inputs(**KEYS)
    assert (found["hashKey"], found["rangeKey"]) == ("user_id", "at")
    assert found["attributes"] == [
        {"name": "at", "type": "N"},
        {"name": "digest", "type": "B"},
        {"name": "user_id", "type": "S"},
    ]
    assert "rangeKey" not in inputs(**SIMPLE)
    assert inputs(**SIMPLE)["globalSecondaryIndexes"] == []


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ({}, {"projectionType": "ALL"}),
        ({"projection": "keys"}, {"projectionType": "KEYS_ONLY"}),
        ({"projection": ["total"]}, {"projectionType": "INCLUDE", "nonKeyAttributes": ["total"]}),
    ],
)
def test_an_index_names_its_keys_by_the_schema_that_is_not_deprecated(
    index: dict[str, Any], expected: dict[str, Any]
) -> None:
    by_digest = {"partition_key": "digest", "sort_key": "at", **index}
    (found,) = inputs(**{**KEYS, "indexes": {"by_digest": by_digest}})["globalSecondaryIndexes"]
    schema = [{"attributeName": "digest", "keyType": "HASH"}, {"attributeName": "at", "keyType": "RANGE"}]
    assert found == {"name": "by_digest", "keySchemas": schema, **expected}


def test_paid_by_request_or_provisioned_with_its_indexes() -> None:
    found = inputs(**KEYS)
    assert found["billingMode"] == "PAY_PER_REQUEST"
    assert not {"readCapacity", "writeCapacity"} & {*found, *found["globalSecondaryIndexes"][0]}
    found = inputs(**KEYS, capacity={"read": 7, "write": {"min": 3, "max": 3}})
    assert found["billingMode"] == "PROVISIONED"
    for place in (found, found["globalSecondaryIndexes"][0]):
        assert (place["readCapacity"], place["writeCapacity"]) == (7, 3)


def test_capacity_that_scales_is_not_set_back_by_the_next_up() -> None:
    capacity = {"read": 5, "write": {"min": 2, "max": 20}, "target_percent": 60}
    phase = table(**SIMPLE, capacity=capacity).phases["deployed"]
    made, target, policy = one(phase, TABLE), one(phase, TARGET), one(phase, POLICY)
    assert made.ignore_changes == ("writeCapacity",)
    assert made.inputs["writeCapacity"] == 2
    assert target.inputs["resourceId"] == f"table/{made.outputs['name']}"
    assert (target.inputs["minCapacity"], target.inputs["maxCapacity"]) == (2, 20)
    assert (
        target.inputs["scalableDimension"] == policy.inputs["scalableDimension"] == "dynamodb:table:WriteCapacityUnits"
    )
    assert policy.inputs["targetTrackingScalingPolicyConfiguration"] == {
        "targetValue": 60,
        "predefinedMetricSpecification": {"predefinedMetricType": "DynamoDBWriteCapacityUtilization"},
    }
    assert one(table(**SIMPLE, capacity={"read": 5, "write": 2}).phases["deployed"], TABLE).ignore_changes == ()


def test_encrypted_with_the_given_key_and_restorable() -> None:
    found = inputs(**SIMPLE, recovery_days=7)
    assert found["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}
    assert found["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 7}
    assert inputs(**SIMPLE)["pointInTimeRecovery"]["recoveryPeriodInDays"] == 35


@pytest.mark.parametrize("protect", [True, False])
def test_protection(protect: bool) -> None:
    made = one(table(**SIMPLE, protect=protect).phases["deployed"], TABLE)
    assert (made.protect, made.inputs["deletionProtectionEnabled"]) == (protect, protect)


def test_expiry_can_be_switched_off_again() -> None:
    """Without the block the provider leaves it as it is."""
    assert "ttl" not in inputs(**SIMPLE)
    assert inputs(**SIMPLE, ttl="expires_at")["ttl"] == {"attributeName": "expires_at", "enabled": True}
    off = {"attribute": "expires_at", "enabled": False}
    assert inputs(**SIMPLE, ttl=off)["ttl"] == {"attributeName": "expires_at", "enabled": False}


def test_permissions_are_for_this_table_and_its_own_indexes() -> None:
    outputs = table(**KEYS).phases["deployed"].outputs
    arn = one(table(**KEYS).phases["deployed"], TABLE).outputs["arn"]
    assert outputs["read-on"] == outputs["read-write-on"] == [[arn], [f"{arn}/index/by_digest"], [KEY]]
    assert outputs["write-on"] == [[arn], [KEY]]
    assert table(**SIMPLE).phases["deployed"].outputs["read-on"] == [[arn], [KEY]]
    reads, writes = set(outputs["read"][0]), set(outputs["write"][0])
    assert not {action for action in reads if action.startswith(("dynamodb:Put", "dynamodb:Update", "dynamodb:Delete"))}
    assert not {action for action in writes if action.startswith(("dynamodb:Get", "dynamodb:Query", "dynamodb:Scan"))}
    assert set(outputs["read-write"][0]) == reads | writes
    assert outputs["read"][-1] == outputs["write"][-1] == ["kms:Decrypt"]
    name = one(table(**KEYS).phases["deployed"], TABLE).outputs["name"]
    assert outputs["read-environment"] == {"USAGE_LOGS_TABLE": name}


@pytest.mark.parametrize(
    ("change", "action", "because"),
    [
        ({}, "same", ()),
        ({"alarm_throttled": 3, "backup_plan": True}, "same", ()),
        ({"partition_key": "digest", "indexes": {"by_user": {"partition_key": "user_id"}}}, "replaced", ("hashKey",)),
        ({"sort_key": "digest", "indexes": {"by_time": {"partition_key": "at"}}}, "replaced", ("rangeKey",)),
        ({"attributes": {"user_id": "string", "at": "number"}, "indexes": {}}, "updated", ()),
        ({"indexes": {"by_digest": {"partition_key": "digest", "projection": "keys"}}}, "updated", ()),
        ({"indexes": {"by_digest": {"partition_key": "digest", "sort_key": "at"}}}, "updated", ()),
        ({"capacity": {"read": 5, "write": 5}}, "updated", ()),
        ({"ttl": {"attribute": "expires_at", "enabled": False}}, "updated", ()),
        ({"recovery_days": 3}, "updated", ()),
        ({"protect": False}, "updated", ()),
    ],
)
def test_only_other_keys_of_the_table_replace_it(change: dict[str, Any], action: str, because: tuple[str, ...]) -> None:
    outcome = changed({**KEYS, "ttl": "expires_at"}, {**KEYS, "ttl": "expires_at", **change})
    assert (outcome.action, outcome.because) == (action, because)
    assert bool(outcome.refused) == bool(because), "with protect, nothing is replaced"
    assert not outcome.unapplied


def test_expiry_that_is_left_out_stays_on() -> None:
    (unapplied,) = changed({**KEYS, "ttl": "expires_at"}, KEYS).unapplied
    assert unapplied.path == "ttl"


def changed(before: dict[str, Any], after: dict[str, Any]) -> Outcome:
    """What `up` makes of the table."""
    old, new = (of_records(table(**settings).phases["deployed"].records) for settings in (before, after))
    (outcome,) = [found for found in transition(old, new).outcomes.values() if found.type == TABLE]
    return outcome


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (KEYS, KEYS, None),
        (KEYS, {**KEYS, "attributes": KEYS["attributes"] | {"digest": "string"}}, None),
        (KEYS, {**KEYS, "attributes": KEYS["attributes"] | {"at": "string"}}, "keeps the type of at"),
        (SIMPLE, SIMPLE | {"ttl": "expires_at"}, None),
        (SIMPLE | {"ttl": "a"}, SIMPLE | {"ttl": {"attribute": "a", "enabled": False}}, None),
        (SIMPLE | {"ttl": {"attribute": "a", "enabled": False}}, SIMPLE | {"ttl": "b"}, None),
        (SIMPLE | {"ttl": "a"}, SIMPLE | {"ttl": "b"}, "items expire by a"),
    ],
)
def test_what_dynamodb_does_not_change(before: dict[str, Any], after: dict[str, Any], reason: str | None) -> None:
    found = changed(before, after).refused
    assert len(found) == (0 if reason is None else 1)
    assert all(reason in text for text in found if reason is not None)
