"""How a backup plan is watched."""

from __future__ import annotations

from components.data.backup_plan import BackupPlan, BackupPlanArgs
from components.data.backup_plan_monitoring import BackupPlanMonitoring, completed_jobs
from settings.data.backup import Backup
from settings.observability.alarms import Alarms
from tests.accounts import account
from tests.components.monitoring import Condition, assert_described, condition, watched
from tests.recording import record

MONITORING = BackupPlanMonitoring(completed=completed_jobs("dev-backup-vault"), at="06:30")
FILES = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1"


def test_a_day_and_the_longest_job_without_a_completed_one() -> None:
    alarm = MONITORING.alarms(Alarms())["none-completed"]
    assert watched(alarm) == [("AWS/Backup", "NumberOfBackupJobsCompleted", "Sum")]
    # Where no job ran there is no data, and that is the fault.
    assert condition(alarm) == Condition("<", 1, 60, periods=36, missing="breaching")


def test_the_alarm_says_what_to_do() -> None:
    words = ("No backup has completed for 36 hours", "new plan", "06:30 UTC", "opted in")
    assert_described(MONITORING.alarms(Alarms()), mentions={"none-completed": words})


def test_it_is_reported_at_once_and_has_no_row() -> None:
    assert MONITORING.shows == "failure"
    assert MONITORING.row(Alarms()) is None


def test_the_plan_watches_its_own_vault() -> None:
    dimensions = []

    def program() -> None:
        args = BackupPlanArgs(settings=Backup(), resource_arns={"files": FILES}, account=account(), protect=True)
        dimensions.append(BackupPlan("backup", args).monitoring.completed.dimensions)

    assert record(program).phases["deployed"].of_type("aws:backup/vault:Vault")
    assert set(dimensions[0]) == {"BackupVaultName"}
