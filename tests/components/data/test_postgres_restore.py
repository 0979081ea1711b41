"""A restored database: made from its source, and left alone whatever the settings say afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from components.data.postgres import Postgres, PostgresArgs
from preview.plan import Plan, Record
from settings import data
from tests.aws_models.checker import check_all
from tests.recording import one, record

INSTANCE = "aws:rds/instance:Instance"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
BACKUP = "arn:aws:rds:us-east-1:123456789012:auto-backup:ab-l2ijcexjp7xq7hoj4siexample"
RESOURCE_ID = "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def made(*, protect: bool = False, **settings: Any) -> Plan:
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
            ),
        )

    return record(program)


def instance(plan: Plan) -> Record:
    return one(plan.phases["deployed"], INSTANCE)


def moment(**wanted: str) -> dict[str, Any]:
    return {"restore_from": {"point_in_time": {"source": "dev-main", **wanted}}}


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
    inputs = instance(made(restore_from={"snapshot": snapshot})).inputs
    assert inputs["snapshotIdentifier"] == snapshot
    assert inputs["identifier"] == "test-main"
    assert "restoreToPointInTime" not in inputs


@pytest.mark.parametrize(
    ("wanted", "sent"),
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
def test_from_a_moment(wanted: dict[str, str], sent: dict[str, Any]) -> None:
    inputs = instance(made(**moment(**wanted))).inputs
    assert inputs["restoreToPointInTime"] == sent
    assert "snapshotIdentifier" not in inputs


@pytest.mark.parametrize("source", [{"restore_from": {"snapshot": "dev-main-final"}}, moment()])
def test_what_its_source_decides_is_left_to_it(source: dict[str, Any]) -> None:
    """RDS takes none of them; where one differed from the source's, the next update would replace the database."""
    inputs = instance(made(**source)).inputs
    assert not {"dbName", "username", "kmsKeyId"} & inputs.keys()
    assert inputs["storageEncrypted"] is True
    # The snapshot's own network would be the default one, open within the VPC.
    assert {"dbSubnetGroupName", "vpcSecurityGroupIds", "parameterGroupName"} <= inputs.keys()
    assert inputs["publiclyAccessible"] is False


@pytest.mark.parametrize("settings", [{}, {"restore_from": {"snapshot": "dev-main-final"}}, moment()])
def test_the_source_counts_once(settings: dict[str, Any]) -> None:
    """Of one that is there, a changed or removed source would else be a replacement: the data's loss."""
    assert instance(made(**settings)).ignore_changes == ("snapshotIdentifier", "restoreToPointInTime")


def test_a_managed_password_is_made_for_the_restored_one() -> None:
    inputs = instance(made(restore_from={"snapshot": "dev-main-final"})).inputs
    assert (inputs["manageMasterUserPassword"], inputs["masterUserSecretKmsKeyId"]) == (True, KEY)
    assert "password" not in inputs


@pytest.mark.parametrize("source", [{"restore_from": {"snapshot": "dev-main-final"}}, moment()])
def test_a_generated_password_replaces_the_source_s(source: dict[str, Any]) -> None:
    """The provider sets it right after either kind of restore (hashicorp/terraform-provider-aws#35566)."""
    plan = made(**source, credentials="generated")
    password = one(plan.phases["deployed"], "random:index/randomPassword:RandomPassword").outputs["result"]
    assert instance(plan).inputs["password"] == password


def test_a_protected_one_has_a_final_snapshot_of_its_own() -> None:
    inputs = instance(made(protect=True, restore_from={"snapshot": "dev-main-final"})).inputs
    assert inputs["finalSnapshotIdentifier"].startswith("test-main-final-")


def test_not_from_itself() -> None:
    with pytest.raises(ValueError, match="test-main cannot be restored from itself"):
        Postgres(
            "main",
            PostgresArgs(
                settings=data.Postgres.model_validate(moment(source="test-main")),
                identifier="test-main",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                key_arn=KEY,
                protect=False,
                log_retention_days=7,
            ),
        )


@pytest.mark.parametrize(
    "source", [{"restore_from": {"snapshot": "dev-main-final"}}, moment(), moment(at="2026-11-20T12:00:00Z")]
)
def test_aws_takes_every_value(source: dict[str, Any]) -> None:
    verdicts = check_all(made(**source).phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []
