"""A whole stack with a restored database beside the old one, and copies of its backups in another region."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from preview import run
from preview.network_paths import network_paths
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.mutations import Draft, drop, put, untag
from tests.program.test_guarantees import violations
from tests.recording import every_phase
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import of

FILE = SMALL
RESTORED, VAULT, KEY = "rds/instance::restored", "backup/vault::backup-copy-vault", "kms/key::backup-copy-key"
ROWS = (
    Row("rds-storage-encrypted", RESTORED, put(RESTORED, "storageEncrypted", False)),
    Row("database-not-public", RESTORED, put(RESTORED, "publiclyAccessible", True)),
    Row("data-in-private-subnets", RESTORED, drop(RESTORED, "dbSubnetGroupName")),
    Row("final-snapshot", RESTORED, put(RESTORED, "skipFinalSnapshot", True)),
    Row("kms-key-rotation", KEY, put(KEY, "enableKeyRotation", False)),
    Row("customer-managed-keys", VAULT, drop(VAULT, "kmsKeyArn")),
    Row("required-tags", VAULT, untag(VAULT)),
)


@cache
def restored() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        main = areas["data"]["postgres"]["main"]
        areas["data"]["postgres"]["restored"] = {
            **main,
            "backup_plan": True,
            "restore_from": {"point_in_time": {"source": "prod-main", "at": "2026-11-20T12:00:00Z"}},
        }
        areas["data"]["backup"] = {"copy_to": {"region": "us-west-2"}}
        api = areas["compute"]["services"]["api"]
        api["connects_to"] = ["restored" if to == "main" else to for to in api["connects_to"]]
        areas["outputs"] |= {"rds_endpoint": "postgres.restored.endpoint", "copies": "backup.copy_vault_arn"}

    return varied(FILE, change)


def test_services_reach_the_restored_one_only() -> None:
    for name, phase in restored().phases.items():
        before = {str(path) for path in network_paths(planned(FILE).phases[name])}
        assert {str(path) for path in network_paths(phase)} ^ before == {"api -> main:5432", "api -> restored:5432"}


def test_both_are_there_and_the_old_one_is_as_it_was() -> None:
    old, new = (of(restored(), "rds/instance:Instance", name) for name in ("main", "restored"))
    assert "restoreToPointInTime" not in old.inputs
    assert new.inputs["restoreToPointInTime"]["sourceDbInstanceIdentifier"] == old.inputs["identifier"]
    assert new.inputs["identifier"] == "prod-restored"
    assert (old.protect, new.protect) == (True, True)


def test_copies_are_elsewhere() -> None:
    vault = of(restored(), "backup/vault:Vault", "backup-copy-vault")
    assert restored().phases["deployed"].outputs["copies"] == vault.outputs["arn"]
    assert ":us-west-2:" in vault.outputs["arn"]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = restored().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(restored(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(restored(), draft.done(), row.rule)}


@pytest.mark.parametrize("key", ["database", "username"])
def test_what_its_source_decides_is_not_said_otherwise(key: str) -> None:
    message = f"data.postgres.restored.{key}: is other, and main, from which it is restored, has"
    with pytest.raises(run.ProgramError, match=re.escape(message)):
        every_phase(varied(FILE, lambda areas: beside(areas, **{key: "other"})))


def test_it_may_grow_and_be_upgraded_where_it_is() -> None:
    plan = varied(FILE, lambda areas: beside(areas, version="17", storage_gb=100))
    assert of(plan, "rds/instance:Instance", "restored").inputs["engineVersion"] == "17"


def beside(areas: dict[str, Any], **said: Any) -> None:
    main = areas["data"]["postgres"]["main"] | {"version": "16"}
    source = {"point_in_time": {"source": "prod-main"}}
    areas["data"]["postgres"] = {"main": main, "restored": main | {"restore_from": source} | said}
