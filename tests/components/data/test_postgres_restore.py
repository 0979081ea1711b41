"""A restored database: created from its source, and unaffected by later changes of `restore_from`."""

from __future__ import annotations

from typing import Any

import pytest

from components.data.postgres import Postgres, PostgresArgs
from preview.plan import Plan, Record
from settings import data
from tests.accounts import account
from tests.aws_models.checker import check_all
from tests.recording import one, record

INSTANCE = "aws:rds/instance:Instance"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
BACKUP = "arn:aws:rds:us-east-1:123456789012:auto-backup:ab-l2ijcexjp7xq7hoj4siexample"
RESOURCE_ID = "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def restored(*, protect: bool = False, **settings: Any) -> Plan:
    def program() -> None:
        Postgres(
            "main",
            PostgresArgs(
                settings=data.Postgres.model_validate(settings),
                identifier="test-main",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                key_arn=KEY,
                protect=protect,
                log_retention_days=7,
                account=account(),
            ),
        )

    return record(program)


def instance(plan: Plan) -> Record:
    return one(plan.phases["deployed"], INSTANCE)


def point_in_time(**overrides: str) -> dict[str, Any]:
    return {"restore_from": {"point_in_time": {"source": "dev-main", **overrides}}}


@pytest.mark.parametrize(
    "snapshot",
    [
        "dev-main-final-1a2b3c4d",
        "rds:dev-main-2026-11-20-03-10",
        "awsbackup:job-1a2b3c4d-0000-1111-2222-333344445555",
        "arn:aws:rds:us-east-1:123456789012:snapshot:dev-main-final-1a2b3c4d",
        "arn:aws:rds:us-east-1:123456789012:snapshot:awsbackup:job-1a2b3c4d-0000-1111-2222-333344445555",
    ],
)
def test_from_a_snapshot(snapshot: str) -> None:
    inputs = instance(restored(restore_from={"snapshot": snapshot})).inputs
    assert inputs["snapshotIdentifier"] == snapshot
    assert inputs["identifier"] == "test-main"
    assert "restoreToPointInTime" not in inputs


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"sourceDbInstanceIdentifier": "dev-main", "useLatestRestorableTime": True}),
        ({"at": "latest"}, {"sourceDbInstanceIdentifier": "dev-main", "useLatestRestorableTime": True}),
        (
            {"at": "2026-11-20T12:00:00Z"},
            {"sourceDbInstanceIdentifier": "dev-main", "restoreTime": "2026-11-20T12:00:00Z"},
        ),
        ({"source": "db-main"}, {"sourceDbInstanceIdentifier": "db-main", "useLatestRestorableTime": True}),
        ({"source": RESOURCE_ID}, {"sourceDbiResourceId": RESOURCE_ID, "useLatestRestorableTime": True}),
        ({"source": BACKUP}, {"sourceDbInstanceAutomatedBackupsArn": BACKUP, "useLatestRestorableTime": True}),
    ],
)
def test_from_a_point_in_time(settings: dict[str, str], expected: dict[str, Any]) -> None:
    inputs = instance(restored(**point_in_time(**settings))).inputs
    assert inputs["restoreToPointInTime"] == expected
    assert "snapshotIdentifier" not in inputs


@pytest.mark.parametrize("source", [{"restore_from": {"snapshot": "dev-main-final"}}, point_in_time()])
def test_name_user_and_key_come_from_the_source(source: dict[str, Any]) -> None:
    """RDS refuses them; where one differed from the source's, the next update would replace the database."""
    inputs = instance(restored(**source)).inputs
    assert not {"dbName", "username", "kmsKeyId"} & inputs.keys()
    assert inputs["storageEncrypted"] is True
    # The snapshot's own network would be the default one, open within the VPC.
    assert {"dbSubnetGroupName", "vpcSecurityGroupIds", "parameterGroupName"} <= inputs.keys()
    assert inputs["publiclyAccessible"] is False


@pytest.mark.parametrize("source", [{"restore_from": {"snapshot": "dev-main-final"}}, point_in_time()])
def test_the_volume_begins_as_its_source_s(source: dict[str, Any]) -> None:
    """The source may be smaller than 400 GiB, and RDS refuses the baseline of a larger volume then."""
    inputs = instance(restored(**source, storage_gb=500)).inputs
    assert inputs["allocatedStorage"] == 500
    assert not {"iops", "storageThroughput"} & inputs.keys()


@pytest.mark.parametrize("settings", [{}, {"restore_from": {"snapshot": "dev-main-final"}}, point_in_time()])
def test_the_source_has_an_effect_at_creation_only(settings: dict[str, Any]) -> None:
    """Otherwise a changed or removed source would replace an existing database, and its data would be lost."""
    assert instance(restored(**settings)).ignore_changes[:2] == ("snapshotIdentifier", "restoreToPointInTime")


def test_a_restored_database_gets_a_managed_password() -> None:
    inputs = instance(restored(restore_from={"snapshot": "dev-main-final"})).inputs
    assert (inputs["manageMasterUserPassword"], inputs["masterUserSecretKmsKeyId"]) == (True, KEY)
    assert "password" not in inputs


@pytest.mark.parametrize("source", [{"restore_from": {"snapshot": "dev-main-final"}}, point_in_time()])
def test_a_generated_password_replaces_the_source_s(source: dict[str, Any]) -> None:
    """The provider sets it right after either kind of restore (hashicorp/terraform-provider-aws#35566)."""
    plan = restored(**source, credentials="generated")
    password = one(plan.phases["deployed"], "random:index/randomPassword:RandomPassword").outputs["result"]
    assert instance(plan).inputs["password"] == password


def test_a_protected_one_has_a_final_snapshot_of_its_own() -> None:
    inputs = instance(restored(protect=True, restore_from={"snapshot": "dev-main-final"})).inputs
    assert inputs["finalSnapshotIdentifier"].startswith("test-main-final-")


def test_not_from_itself() -> None:
    with pytest.raises(ValueError, match="test-main cannot be restored from itself"):
        Postgres(
            "main",
            PostgresArgs(
                settings=data.Postgres.model_validate(point_in_time(source="test-main")),
                identifier="test-main",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                key_arn=KEY,
                protect=False,
                log_retention_days=7,
                account=account(),
            ),
        )


@pytest.mark.parametrize(
    "source",
    [{"restore_from": {"snapshot": "dev-main-final"}}, point_in_time(), point_in_time(at="2026-11-20T12:00:00Z")],
)
def test_aws_accepts_every_value(source: dict[str, Any]) -> None:
    verdicts = check_all(restored(**source).phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []
