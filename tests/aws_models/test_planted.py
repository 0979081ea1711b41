"""Faults planted into a recorded plan are caught; each message names resource, property and rule."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from preview.plan import Record
from preview.wire import UNKNOWN
from tests.aws_models.checker import check
from tests.aws_models.planting import planted
from tests.stacks import planned

_KNWL, _PROD = "systems/knwl.yaml", "Pulumi.prod.yaml"
_TASK = "aws:ecs/taskDefinition:TaskDefinition"
_SERVICE = "aws:ecs/service:Service"
_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
_TARGETS = "aws:lb/targetGroup:TargetGroup"
_RULE = "aws:lb/listenerRule:ListenerRule"
_BALANCER = "aws:lb/loadBalancer:LoadBalancer"
_ROLE = "aws:iam/role:Role"
_CERTIFICATE = "aws:acm/certificate:Certificate"
_GROUP_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"

PLANTED = [
    # an enum, at the top, nested, in a list and in a JSON document
    ("aws:ec2/vpc:Vpc", ("instanceTenancy",), "shared", "enum"),
    (_SERVICE, ("launchType",), "FARGATE_SPOT", "enum"),
    (_BALANCER, ("ipAddressType",), "ipv6", "enum"),
    (_TASK, ("runtimePlatform", "cpuArchitecture"), "AMD64", "enum"),
    (_TASK, ("containerDefinitions", 0, "logConfiguration", "logDriver"), "awslog", "enum"),
    (_RULE, ("actions",), [{"type": "forwards"}], "enum"),
    ("aws:s3/bucketVersioning:BucketVersioning", ("versioningConfiguration", "status"), "On", "enum"),
    (_ALARM, ("comparisonOperator",), "GreaterThan", "enum"),
    ("aws:kms/key:Key", ("customerMasterKeySpec",), "AES_256", "enum"),
    # a pattern, from the model and from its words
    (_ROLE, ("name",), "knwl task", "pattern"),
    ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", ("policyArn",), "short", "length"),
    (_CERTIFICATE, ("domainName",), "https://knwl.example.com", "pattern"),
    ("aws:cloudwatch/logGroup:LogGroup", ("name",), "/knwl/service one", "pattern"),
    (_GROUP_RULE, ("description",), "client → server", "pattern"),
    ("aws:rds/instance:Instance", ("identifier",), "knwl--main", "pattern"),
    ("aws:rds/instance:Instance", ("backupWindow",), "3:00-4:00", "pattern"),
    ("aws:sns/topic:Topic", ("name",), "alarms of knwl", "pattern"),
    # a length
    (_ROLE, ("name",), "r" * 65, "length"),
    (_ROLE, ("description",), "d" * 1001, "length"),
    (_TARGETS, ("name",), "a-target-group-whose-name-is-too-long", "pattern"),
    (_ALARM, ("alarmDescription",), "d" * 1025, "length"),
    # a range
    ("aws:cloudwatch/logGroup:LogGroup", ("retentionInDays",), 45, "range"),
    ("aws:kms/key:Key", ("deletionWindowInDays",), 3, "range"),
    (_TARGETS, ("healthCheck", "interval"), 400, "range"),
    (_RULE, ("priority",), 50001, "range"),
    (_BALANCER, ("idleTimeout",), 5000, "range"),
    ("aws:apigatewayv2/integration:Integration", ("timeoutMilliseconds",), 60000, "range"),
    ("aws:rds/instance:Instance", ("backupRetentionPeriod",), 36, "range"),
    (_TASK, ("containerDefinitions", 0, "stopTimeout"), 300, "range"),
    (_GROUP_RULE, ("fromPort",), 70000, "range"),
    # a number of entries
    (_ALARM, ("alarmActions",), [f"arn:aws:sns:us-west-2:123456789012:t{i}" for i in range(6)], "size"),
    (
        "aws:acm/certificate:Certificate",
        ("subjectAlternativeNames",),
        [f"n{i}.example.com" for i in range(101)],
        "size",
    ),
    # a type
    (_TASK, ("cpu",), 256, "type"),
    (_TASK, ("containerDefinitions", 0, "cpu"), "256", "type"),
    (_TASK, ("containerDefinitions", 0, "portMappings", 0, "containerPort"), "8000", "type"),
    (_SERVICE, ("desiredCount",), "two", "type"),
    (_TASK, ("containerDefinitions",), "[{", "type"),
    # a name that ECS does not know
    (_TASK, ("containerDefinitions", 0, "readOnlyRootFilesystem"), True, "member"),
]


def first(type_: str) -> Record:
    return next(r for name in (_KNWL, _PROD) for r in planned(name).phases["deployed"].records if r.type == type_)


def written(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


@pytest.mark.parametrize(
    ("type_", "path", "value", "rule"),
    [pytest.param(*each, id=f"{each[0].rpartition(':')[2]}.{written(each[1])}-{each[3]}") for each in PLANTED],
)
def test_caught(type_: str, path: tuple[str | int, ...], value: Any, rule: str) -> None:
    record = first(type_)
    assert check(record).faults == ()
    [fault] = check(planted(record, path, value)).faults
    assert (fault.urn, fault.rule) == (record.urn, rule)
    assert fault.path.startswith(written(path))
    assert str(fault).startswith(f"{record.urn}: {fault.path}: {rule}: ")


def test_a_secret_is_checked_and_not_shown() -> None:
    record = planted(first(_ROLE), ("description",), "s3cr3t" * 200, secret=True)
    [fault] = check(record).faults
    assert "<secret> has more than 1000 characters" in str(fault)
    assert "s3cr3t" not in str(fault)


def test_a_secret_within_a_document_is_not_shown() -> None:
    path = ("containerDefinitions", 0, "logConfiguration", "logDriver")
    [fault] = check(planted(first(_TASK), path, "s3cr3t", secret=True)).faults
    assert (fault.path, fault.shown) == ("containerDefinitions", "<secret>")
    assert "s3cr3t" not in str(fault)


def test_what_is_unknown_is_not_judged() -> None:
    assert check(planted(first(_ROLE), ("description",), UNKNOWN)).faults == ()
    assert check(planted(first(_TASK), ("containerDefinitions",), UNKNOWN)).faults == ()


def test_an_automatic_name_counts() -> None:
    record = first(_TARGETS)
    name = "knwl-orchestrator-service-alt"
    inputs = {key: value for key, value in record.inputs.items() if key not in ("name", "namePrefix")}
    long = dataclasses.replace(record, name=name, inputs=inputs, outputs={**record.outputs, "name": f"{name}-0123456"})
    [fault] = check(long).faults
    assert (fault.path, fault.rule) == ("name", "pattern")


def test_a_prefix_counts_with_what_the_provider_appends() -> None:
    record = first(_ROLE)
    [fault] = check(dataclasses.replace(record, inputs={**record.inputs, "namePrefix": "r" * 39})).faults
    assert (fault.path, fault.rule) == ("name", "length")
