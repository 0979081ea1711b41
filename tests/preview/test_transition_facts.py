"""What the provider and AWS do with a changed property: planted cases of each kind of fact."""

from __future__ import annotations

import json
from typing import Any

import pytest

from preview.schema import declared
from preview.transition import Outcome, Resource, transition
from preview.transition.changes import after_update
from preview.transition.facts.blocks import AS_LEFT_OUT, KEPT_BLOCKS
from preview.transition.facts.computed import TABLE, computed
from preview.transition.facts.conditions import CONDITIONS
from preview.transition.facts.idle import IDLE
from preview.transition.facts.replacing import REPLACING, REVISIONS
from preview.transition.facts.stateful import STATEFUL
from preview.transition.values import UNKNOWN
from tests.preview.test_transition import made, one

SERVICE, GROUP = "aws:ecs/service:Service", "aws:lb/targetGroup:TargetGroup"
DATABASE, CACHE = "aws:rds/instance:Instance", "aws:elasticache/replicationGroup:ReplicationGroup"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
CACHES, PARAMETER = "aws:elasticache/serverlessCache:ServerlessCache", "aws:ssm/parameter:Parameter"
TABLES = "aws:dynamodb/table:Table"
RULE, ROUTE = "aws:lb/listenerRule:ListenerRule", "aws:ec2/route:Route"
POSTGRES = {"engine": "postgres", "storageType": "gp3", "applyImmediately": True}


def paths(outcome: Outcome) -> list[str]:
    return [one.path for one in outcome.unapplied]


def database(**values: Any) -> Resource:
    return made(DATABASE, **{**POSTGRES, **values})


@pytest.mark.parametrize(
    "table", [KEPT_BLOCKS, CONDITIONS, AS_LEFT_OUT, IDLE], ids=["blocks", "conditions", "left out", "idle"]
)
def test_every_property_of_a_table_exists(table: dict[str, dict[str, Any]]) -> None:
    named = {(type_, path.partition(".")[0]) for type_, of_type in table.items() for path in of_type}
    assert sorted((type_, name) for type_, name in named if name not in declared(type_)) == []


def test_the_extracted_table_knows_the_types_of_the_plans() -> None:
    table = json.loads(TABLE.read_text())
    assert table["provider"].startswith("hashicorp/aws 6.")
    assert (
        sorted({type_ for type_ in {*REPLACING, *REVISIONS} if type_.startswith("aws:")} - table["types"].keys()) == []
    )
    named = [(type_, path.partition(".")[0]) for type_ in table["types"] for path in computed(type_)]
    assert [(type_, name) for type_, name in named if name not in declared(type_)] == []


def test_each_stateful_type_is_called_by_a_noun_and_says_what_is_lost() -> None:
    assert all(all(held) and not held.loss.endswith(".") for held in STATEFUL.values())


def test_a_strategy_that_is_left_out_stays() -> None:
    shifted = {"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "5"}}
    outcome = one(made(SERVICE, **shifted), made(SERVICE))
    assert (outcome.action, paths(outcome)) == ("same", ["deploymentConfiguration"])
    assert "Optional and Computed" in outcome.unapplied[0].reason
    member = one(made(SERVICE, **shifted), made(SERVICE, deploymentConfiguration={"bakeTimeInMinutes": "6"}))
    assert (member.action, paths(member)) == ("updated", ["deploymentConfiguration.strategy"])
    assert not one(
        made(SERVICE, **shifted), made(SERVICE, deploymentConfiguration={**shifted["deploymentConfiguration"]})
    )
    assert not paths(one(made(SERVICE, deploymentConfiguration={"strategy": "ROLLING"}), made(SERVICE)))


def test_a_block_whose_removal_is_suppressed_stays_and_names_a_deleted_alarm() -> None:
    alarm = made(ALARM, "errors")
    watched = made(
        SERVICE,
        alarms={"alarmNames": ["errors"], "enable": True, "rollback": True},
        deploymentCircuitBreaker={"enable": True, "rollback": True},
        sources={"alarms": alarm.urn},
    )
    outcome = transition([alarm, watched], [made(SERVICE)]).outcomes[watched.urn]
    assert (outcome.action, paths(outcome)) == ("same", ["alarms", "deploymentCircuitBreaker"])
    assert outcome.unapplied[0].reason.endswith("it names errors, which is deleted")
    assert "which is deleted" not in outcome.unapplied[1].reason
    off = made(SERVICE, alarms={"alarmNames": ["errors"], "enable": False, "rollback": False})
    assert not paths(one(off, made(SERVICE)))


@pytest.mark.parametrize(
    ("type_", "old", "new", "stays"),
    [
        (DATABASE, {"performanceInsightsKmsKeyId": "k"}, {"performanceInsightsEnabled": False}, False),
        (DATABASE, {"performanceInsightsKmsKeyId": "k"}, {"performanceInsightsEnabled": True}, True),
        (DATABASE, {"masterUserSecretKmsKeyId": "k"}, {"password": "p"}, False),
        (DATABASE, {"masterUserSecretKmsKeyId": "k"}, {"manageMasterUserPassword": True}, True),
        (DATABASE, {"monitoringRoleArn": "r"}, {"monitoringInterval": 0}, False),
        (DATABASE, {"monitoringRoleArn": "r"}, {"monitoringInterval": 60}, True),
        (CACHES, {"dailySnapshotTime": "03:00"}, {"snapshotRetentionLimit": 0}, False),
        (CACHES, {"dailySnapshotTime": "03:00"}, {"snapshotRetentionLimit": 1}, True),
        (PARAMETER, {"value": "v"}, {"valueWo": "w", "valueWoVersion": 1}, False),
        (PARAMETER, {"value": "v"}, {"description": "d"}, True),
        (TABLES, {"readCapacity": 5}, {"billingMode": "PAY_PER_REQUEST"}, False),
        (TABLES, {"readCapacity": 5}, {"billingMode": "PROVISIONED"}, True),
        (ROUTE, {"networkInterfaceId": "eni-1"}, {"natGatewayId": "nat-1"}, False),
        (ROUTE, {"networkInterfaceId": "eni-1"}, {}, True),
        (RULE, {"actions": [{"order": 1}, {"order": 2}]}, {"actions": [{"type": "forward"}]}, False),
        (RULE, {"actions": [{"order": 1}, {"order": 2}]}, {"actions": [{"order": 1}, {"type": "forward"}]}, True),
    ],
)
def test_what_stays_says_nothing_where_nothing_reads_it(
    type_: str, old: dict[str, Any], new: dict[str, Any], stays: bool
) -> None:
    assert bool(paths(one(made(type_, **old), made(type_, **new)))) is stays


@pytest.mark.parametrize(("strategy", "stays"), [("ROLLING", False), ("BLUE_GREEN", False), ("CANARY", True)])
def test_steps_are_sent_with_their_strategy_only(strategy: str, stays: bool) -> None:
    canary = {"canaryConfiguration": {"canaryPercent": 10}}
    old = made(SERVICE, deploymentConfiguration={"strategy": "CANARY", **canary})
    assert bool(paths(one(old, made(SERVICE, deploymentConfiguration={"strategy": strategy})))) is stays


def test_a_lifecycle_that_no_longer_expires_is_applied() -> None:
    lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    old = made(lifecycle, rules=[{"expiration": {"days": 30}}])
    outcome = one(old, made(lifecycle, rules=[{"expiration": {"expiredObjectDeleteMarker": True}}]))
    assert (outcome.action, paths(outcome)) == ("updated", [])


def test_a_build_spec_that_is_left_out_stays() -> None:
    app = "aws:amplify/app:App"
    outcome = one(made(app, buildSpec="version: 1"), made(app))
    assert (outcome.action, paths(outcome)) == ("same", ["buildSpec"])
    assert one(made(app, buildSpec="version: 1"), made(app, buildSpec="version: 2")).changed == ("buildSpec",)


def test_what_is_create_only_and_left_out_replaces_nothing() -> None:
    outcome = one(database(kmsKeyId="k", availabilityZone="us-east-1a"), database())
    assert (outcome.because, paths(outcome)) == ((), ["availabilityZone", "kmsKeyId"])


def test_a_member_of_a_list_is_no_property() -> None:
    outcome = one(database(vpcSecurityGroupIds=["a", "b"]), database(vpcSecurityGroupIds=["a"]))
    assert (outcome.changed, paths(outcome)) == (("vpcSecurityGroupIds[1]",), [])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"allocatedStorage": 200}, {"allocatedStorage": 400}, "set iops to 12000"),
        ({"allocatedStorage": 399}, {"allocatedStorage": 1000}, "set iops to 12000"),
        ({"allocatedStorage": 200}, {"allocatedStorage": 400, "iops": 3000}, "set iops to 12000"),
        ({"allocatedStorage": 200}, {"allocatedStorage": 400, "iops": 12000, "storageThroughput": 500}, None),
        ({"allocatedStorage": 200}, {"allocatedStorage": 400, "iops": UNKNOWN}, None),
        ({"allocatedStorage": 200}, {"allocatedStorage": UNKNOWN}, None),
        ({"allocatedStorage": 200}, {"allocatedStorage": 300}, None),
        ({"allocatedStorage": 400}, {"allocatedStorage": 500}, None),
        ({"allocatedStorage": 200, "storageType": "gp2"}, {"allocatedStorage": 400, "storageType": "gp2"}, None),
        ({"allocatedStorage": 100, "engine": "oracle-ee"}, {"allocatedStorage": 200, "engine": "oracle-ee"}, "iops"),
        ({"allocatedStorage": 100}, {"allocatedStorage": 100, "iops": 3000}, "takes no iops"),
        ({"allocatedStorage": 100}, {"allocatedStorage": 50}, "cannot make storage smaller"),
        ({"engineVersion": "17"}, {"engineVersion": "16"}, "cannot go back from version 17 to 16"),
        ({"engineVersion": "16.4"}, {"engineVersion": "16"}, None),
        ({"engineVersion": "16"}, {"engineVersion": "17"}, "only with allowMajorVersionUpgrade"),
        ({"engineVersion": "16"}, {"engineVersion": "17", "allowMajorVersionUpgrade": True}, None),
        ({"engineVersion": "16"}, {"engineVersion": UNKNOWN}, None),
    ],
)
def test_what_rds_refuses(before: dict[str, Any], after: dict[str, Any], words: str | None) -> None:
    refused = one(database(**before), database(**after)).refused
    assert len(refused) == (words is not None)
    assert words is None or words in refused[0]


def test_what_elasticache_refuses_and_replaces() -> None:
    redis = made(CACHE, engine="redis", engineVersion="7.1")
    assert (
        "only together with engineVersion" in one(redis, made(CACHE, engine="valkey", engineVersion="7.1")).refused[0]
    )
    upgraded = one(redis, made(CACHE, engine="valkey", engineVersion="7.2"))
    assert (upgraded.action, upgraded.refused) == ("updated", ())
    valkey = made(CACHE, engine="valkey", engineVersion="7.2")
    assert one(valkey, made(CACHE, engine="redis", engineVersion="7.1")).because == ("engine", "engineVersion")
    assert one(redis, made(CACHE, engine="redis", engineVersion="7.0")).because == ("engineVersion",)
    unknown = one(redis, made(CACHE, engine="redis", engineVersion=UNKNOWN))
    assert (unknown.because, unknown.uncertain) == ((), ("engineVersion",))


@pytest.mark.parametrize(
    ("type_", "before", "after", "because"),
    [
        (CACHE, {"engineVersion": "6.2", "transitEncryptionEnabled": False}, {"transitEncryptionEnabled": True}, True),
        (CACHE, {"engineVersion": "7.1", "transitEncryptionEnabled": False}, {"transitEncryptionEnabled": True}, False),
        ("aws:elasticache/serverlessCache:ServerlessCache", {"engine": "redis"}, {"engine": "valkey"}, False),
        ("aws:elasticache/serverlessCache:ServerlessCache", {"engine": "redis"}, {"engine": "memcached"}, True),
        (
            "aws:elasticache/serverlessCache:ServerlessCache",
            {"engine": "valkey", "majorEngineVersion": "7"},
            {"majorEngineVersion": "8"},
            False,
        ),
        (
            "aws:elasticache/serverlessCache:ServerlessCache",
            {"engine": "redis", "majorEngineVersion": "6"},
            {"majorEngineVersion": "7"},
            True,
        ),
        ("aws:ec2/vpc:Vpc", {"instanceTenancy": "default"}, {"instanceTenancy": "dedicated"}, True),
        ("aws:ec2/vpc:Vpc", {"instanceTenancy": "dedicated"}, {"instanceTenancy": "default"}, False),
        (
            "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
            {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:logs:::a"}},
            {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::a"}},
            True,
        ),
        (
            "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
            {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::a"}},
            {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::b"}},
            False,
        ),
    ],
)
def test_what_replaces_in_some_cases(type_: str, before: dict[str, Any], after: dict[str, Any], because: bool) -> None:
    assert (one(made(type_, **before), made(type_, **{**before, **after})).action == "replaced") is because


@pytest.mark.parametrize(
    ("type_", "before", "after", "deferred"),
    [
        (DATABASE, {"iamDatabaseAuthenticationEnabled": False}, {"iamDatabaseAuthenticationEnabled": True}, True),
        (DATABASE, {"instanceClass": "a"}, {"instanceClass": "b"}, True),
        (DATABASE, {"publiclyAccessible": True}, {"publiclyAccessible": False}, False),
        (DATABASE, {"tags": {"a": "1"}}, {"tags": {"a": "2"}}, False),
        (DATABASE, {"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 8}, False),
        (DATABASE, {"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 0}, True),
        (CACHE, {"nodeType": "a"}, {"nodeType": "b"}, True),
        (CACHE, {"userGroupIds": []}, {"userGroupIds": ["g"]}, True),
        (CACHE, {"numCacheClusters": 2}, {"numCacheClusters": 3}, False),
        ("aws:sqs/queue:Queue", {"delaySeconds": 1}, {"delaySeconds": 2}, False),
    ],
)
def test_what_waits_for_the_maintenance_window(
    type_: str, before: dict[str, Any], after: dict[str, Any], deferred: bool
) -> None:
    outcome = one(made(type_, **before), made(type_, **after))
    assert outcome.deferred == (tuple(after) if deferred else ())
    assert not one(made(type_, **before), made(type_, **after, applyImmediately=True)).deferred


def test_what_aws_has_after_an_update() -> None:
    old = {"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "5"}, "desiredCount": 2}
    assert after_update(SERVICE, old, {"desiredCount": 3}) == {**old, "desiredCount": 3}
    assert after_update(SERVICE, old, {"deploymentConfiguration": {"bakeTimeInMinutes": "6"}}) == {
        "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": "6"}
    }
    groups = [{"healthCheck": {"path": "/", "interval": 5}}, {"healthCheck": {"interval": 6}}]
    assert after_update(GROUP, *groups) == {"healthCheck": {"path": "/", "interval": 6}}
