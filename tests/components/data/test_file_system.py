"""File systems: encryption, mounts over TLS and access points only, one mount target in each zone."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.file_system import FileSystem, FileSystemArgs
from preview.plan import Plan
from settings.compute.volumes import Volume
from settings.data import file_systems
from tests.recording import children, one, record

SYSTEM = "aws:efs/fileSystem:FileSystem"
POINT = "aws:efs/accessPoint:AccessPoint"
TARGET = "aws:efs/mountTarget:MountTarget"
POLICY = "aws:efs/fileSystemPolicy:FileSystemPolicy"
BACKUP = "aws:efs/backupPolicy:BackupPolicy"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"


def file_system(*, protect: bool = False, read_only: bool = False, **settings: Any) -> Plan:
    points = settings.pop("access_points", {"prometheus": {"uid": 65534, "gid": 65534}})
    parsed = file_systems.FileSystem.model_validate({"access_points": points, **settings})

    def program() -> None:
        system = FileSystem(
            "shared",
            FileSystemArgs(
                settings=parsed, vpc_id="vpc-1", subnet_ids=["subnet-a", "subnet-b"], key_arn=KEY, protect=protect
            ),
        )
        mount = system.mount(
            Volume(
                file_system="shared", access_point=next(iter(parsed.access_points)), path="/data", read_only=read_only
            )
        )
        pulumi.export("point", mount.access_point_id)
        pulumi.export("actions", list(mount.permission.actions))
        pulumi.export("resources", list(mount.permission.resources))
        pulumi.export("conditions", mount.permission.conditions)
        pulumi.export("dependencies", sorted(resource._name for resource in mount.dependencies))  # pyright: ignore

    return record(program)


def test_children() -> None:
    for phase in file_system().phases.values():
        assert children(phase) == [
            (GROUP, "shared-access"),
            (POINT, "shared-point-prometheus"),
            (BACKUP, "shared-backup"),
            (SYSTEM, "shared"),
            (POLICY, "shared-policy"),
            (TARGET, "shared-target-0"),
            (TARGET, "shared-target-1"),
        ]


def test_encrypted_with_the_given_key_and_not_max_io() -> None:
    inputs = one(file_system().phases["preview"], SYSTEM).inputs
    assert (inputs["encrypted"], inputs["kmsKeyId"], inputs["performanceMode"]) == (True, KEY, "generalPurpose")


def test_elastic_throughput_by_default() -> None:
    inputs = one(file_system().phases["preview"], SYSTEM).inputs
    assert inputs["throughputMode"] == "elastic"
    assert "provisionedThroughputInMibps" not in inputs


def test_provisioned_throughput() -> None:
    inputs = one(file_system(throughput=20).phases["preview"], SYSTEM).inputs
    assert (inputs["throughputMode"], inputs["provisionedThroughputInMibps"]) == ("provisioned", 20)


@pytest.mark.parametrize(
    ("days", "rule"), [(1, "AFTER_1_DAY"), (30, "AFTER_30_DAYS"), (365, "AFTER_365_DAYS"), (None, None)]
)
def test_files_move_to_infrequent_access_and_back(days: int | None, rule: str | None) -> None:
    policies = one(file_system(ia_after_days=days).phases["preview"], SYSTEM).inputs.get("lifecyclePolicies")
    expected = [{"transitionToIa": rule}, {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"}]
    assert policies == (expected if rule else None)


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({}, "ENABLED"),
        ({"backup": False}, "DISABLED"),
        ({"backup_plan": True}, "DISABLED"),
        ({"backup_plan": True, "backup": True}, "ENABLED"),
    ],
)
def test_the_backup_policy_is_always_explicit(settings: dict[str, bool], status: str) -> None:
    policy = one(file_system(**settings).phases["deployed"], BACKUP)
    assert policy.inputs["backupPolicy"] == {"status": status}


@pytest.mark.parametrize("protect", [True, False])
def test_protection(protect: bool) -> None:
    for phase in file_system(protect=protect).phases.values():
        assert one(phase, SYSTEM).protect is protect


def test_one_mount_target_in_each_zone_that_is_deleted_before_its_replacement() -> None:
    phase = file_system().phases["deployed"]
    targets = phase.of_type(TARGET)
    assert [target.inputs["subnetId"] for target in targets] == ["subnet-a", "subnet-b"]
    for target in targets:
        # MountTargetConflict: a zone allows one.
        assert target.delete_before_replace is True
        assert target.inputs["securityGroups"] == [one(phase, GROUP).id]


def test_the_group_has_no_rules_of_its_own() -> None:
    group = one(file_system().phases["preview"], GROUP).inputs
    assert not {"ingress", "egress"} & group.keys()


def test_access_point_makes_its_directory_for_its_user() -> None:
    points = {"grafana": {"uid": 472, "gid": 0, "permissions": "750", "path": "/apps/grafana"}}
    inputs = one(file_system(access_points=points).phases["preview"], POINT).inputs
    assert inputs["posixUser"] == {"uid": 472, "gid": 0}
    # In a directory of root, Grafana would crash.
    assert inputs["rootDirectory"] == {
        "path": "/apps/grafana",
        "creationInfo": {"ownerUid": 472, "ownerGid": 0, "permissions": "0750"},
    }


def test_the_directory_is_named_after_the_access_point_by_default() -> None:
    assert one(file_system().phases["preview"], POINT).inputs["rootDirectory"]["path"] == "/prometheus"


def test_policy_denies_without_tls_or_access_point_and_allows_nothing() -> None:
    phase = file_system().phases["deployed"]
    arn = one(phase, SYSTEM).outputs["arn"]
    statements = json.loads(one(phase, POLICY).inputs["policy"])["Statement"]
    assert {s["Effect"] for s in statements} == {"Deny"}
    assert [s["Condition"] for s in statements] == [
        {"Bool": {"aws:SecureTransport": "false"}},
        {"Null": {"elasticfilesystem:AccessPointArn": "true"}},
    ]
    for statement in statements:
        assert statement["Principal"] == {"AWS": ["*"]}
        assert statement["Resource"] == [arn]
        # Denying more would lock out AWS Backup and whoever repairs the policy.
        assert all(action.startswith("elasticfilesystem:Client") for action in statement["Action"])


@pytest.mark.parametrize(
    ("read_only", "actions"),
    [
        (False, ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]),
        (True, ["elasticfilesystem:ClientMount"]),
    ],
)
def test_permission_for_exactly_one_access_point_and_never_as_root(read_only: bool, actions: list[str]) -> None:
    phase = file_system(read_only=read_only).phases["deployed"]
    point = one(phase, POINT)
    assert phase.outputs["actions"] == actions
    assert phase.outputs["resources"] == [one(phase, SYSTEM).outputs["arn"]]
    assert phase.outputs["conditions"] == {"StringEquals": {"elasticfilesystem:AccessPointArn": point.outputs["arn"]}}
    assert phase.outputs["point"] == point.id


def test_mounts_depend_on_policy_and_mount_targets() -> None:
    outputs = file_system().phases["preview"].outputs
    assert outputs["dependencies"] == ["shared-policy", "shared-target-0", "shared-target-1"]
