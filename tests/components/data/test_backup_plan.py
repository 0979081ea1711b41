"""The backup plan: its resources, retention, vaults, keys and copies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.data.backup_plan import BackupPlan, BackupPlanArgs
from preview.plan import Plan
from settings.data.backup import Backup
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"
DATABASE = f"arn:aws:rds:us-east-1:{ACCOUNT}:db:test-main"
FILES = f"arn:aws:elasticfilesystem:us-east-1:{ACCOUNT}:file-system/fs-1"
KEY = "aws:kms/key:Key"
VAULT = "aws:backup/vault:Vault"
PLAN = "aws:backup/plan:Plan"
SELECTION = "aws:backup/selection:Selection"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


def args(settings: dict[str, Any] | None = None, **overrides: Any) -> BackupPlanArgs:
    values: dict[str, Any] = {
        "settings": Backup(**(settings or {})),
        "resource_arns": {"main": DATABASE, "files": FILES},
        "account": account(),
        "protect": True,
        **overrides,
    }
    return BackupPlanArgs(**values)


def backup(settings: dict[str, Any] | None = None, **overrides: Any) -> Plan:
    return record(lambda: BackupPlan("backup", args(settings, **overrides)))


def test_a_bucket_needs_two_more_policies() -> None:
    bucket = "arn:aws:s3:::documents-1"
    phase = backup(resource_arns={}, bucket_arns={"documents": bucket}).phases["deployed"]
    assert one(phase, SELECTION).inputs["resources"] == [bucket]
    arns = {record.inputs["policyArn"].removeprefix("arn:aws:iam::aws:policy/") for record in phase.of_type(ATTACHMENT)}
    assert arns == {
        "service-role/AWSBackupServiceRolePolicyForBackup",
        "service-role/AWSBackupServiceRolePolicyForRestores",
        "AWSBackupServiceRolePolicyForS3Backup",
        "AWSBackupServiceRolePolicyForS3Restore",
    }


@pytest.fixture(scope="module")
def plain() -> Plan:
    return backup()


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert children(phase) == [
            (PLAN, "backup"),
            (SELECTION, "backup-selection"),
            (VAULT, "backup-vault"),
            ("aws:iam/role:Role", "backup-role"),
            (ATTACHMENT, "backup-role-managed-0"),
            (ATTACHMENT, "backup-role-managed-1"),
            (KEY, "backup-key"),
        ]


def test_exactly_the_given_resources(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    inputs = one(phase, SELECTION).inputs
    assert inputs["resources"] == [FILES, DATABASE]
    assert not {"selectionTags", "conditions", "notResources"} & inputs.keys()
    assert inputs["planId"] == one(phase, PLAN).id
    assert inputs["iamRoleArn"] == one(phase, "aws:iam/role:Role").outputs["arn"]


def test_daily_with_time_and_retention_of_the_settings() -> None:
    plan = backup({"at": "07:05", "keep_days": 120, "cold_after_days": 30})
    (rule,) = one(plan.phases["deployed"], PLAN).inputs["rules"]
    assert rule["schedule"] == "cron(5 7 * * ? *)"
    assert rule["scheduleExpressionTimezone"] == "Etc/UTC"
    assert rule["lifecycle"] == {"coldStorageAfter": 30, "deleteAfter": 120}
    assert rule["targetVaultName"] == one(plan.phases["deployed"], VAULT).outputs["name"]


def test_warm_only_by_default(plain: Plan) -> None:
    (rule,) = one(plain.phases["deployed"], PLAN).inputs["rules"]
    assert rule["lifecycle"] == {"deleteAfter": 35}


def test_aws_keeps_the_roles_permissions_current(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    arns = {record.inputs["policyArn"] for record in phase.of_type(ATTACHMENT)}
    assert all(arn.startswith("arn:aws:iam::aws:policy/service-role/") for arn in arns)
    policies = {arn.rpartition("/")[2] for arn in arns}
    assert policies == {"AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"}
    (trust,) = json.loads(one(phase, "aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["backup.amazonaws.com"]}


def test_a_vault_with_its_own_key(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    assert one(phase, VAULT).inputs["kmsKeyArn"] == one(phase, KEY).outputs["arn"]


@pytest.mark.parametrize("protect", [True, False])
def test_recovery_points_stay_readable(protect: bool) -> None:
    """A key that is deleted with the stack makes every recovery point unreadable."""
    phase = backup(protect=protect).phases["preview"]
    assert bool(one(phase, KEY).retain_on_delete) is protect
    assert bool(one(phase, VAULT).protect) is protect
    assert one(phase, VAULT).inputs["forceDestroy"] is not protect


COPY_TO = {"copy_to": {"region": "us-west-2", "keep_days": 120, "cold_after_days": 30}}


def test_children_with_copies() -> None:
    for phase in backup(COPY_TO).phases.values():
        names = [name for _, name in children(phase)]
        assert set(names) >= {"backup-copy-key", "backup-copy-vault"}
        assert len(names) == 9


def test_copies_go_to_a_vault_with_a_key_of_its_own_in_the_other_region() -> None:
    phase = backup(COPY_TO).phases["deployed"]
    vault, key = one(phase, VAULT, "backup-copy-vault"), one(phase, KEY, "backup-copy-key")
    assert {record.inputs["region"] for record in (vault, key)} == {"us-west-2"}
    assert vault.inputs["kmsKeyArn"] == key.outputs["arn"]
    assert key.outputs["arn"].startswith(f"arn:aws:kms:us-west-2:{ACCOUNT}:key/")
    (rule,) = one(phase, PLAN).inputs["rules"]
    assert rule["lifecycle"] == {"deleteAfter": 35}
    assert rule["copyActions"] == [
        {
            "destinationVaultArn": vault.outputs["arn"],
            "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 120},
        }
    ]
    assert vault.outputs["arn"].startswith(f"arn:aws:backup:us-west-2:{ACCOUNT}:backup-vault:")
    for name in ("backup-vault", "backup-key"):
        assert "region" not in one(phase, VAULT if name == "backup-vault" else KEY, name).inputs


@pytest.mark.parametrize("protect", [True, False])
def test_copies_stay_readable(protect: bool) -> None:
    phase = backup(COPY_TO, protect=protect).phases["preview"]
    assert bool(one(phase, KEY, "backup-copy-key").retain_on_delete) is protect
    assert bool(one(phase, VAULT, "backup-copy-vault").protect) is protect
    assert one(phase, VAULT, "backup-copy-vault").inputs["forceDestroy"] is not protect


def test_no_copies_by_default(plain: Plan) -> None:
    (rule,) = one(plain.phases["deployed"], PLAN).inputs["rules"]
    assert "copyActions" not in rule


def test_without_resources() -> None:
    with pytest.raises(ValueError, match="backs nothing up"):
        args(resource_arns={})
