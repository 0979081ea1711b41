"""Maintenance and backup windows that RDS would refuse."""

from __future__ import annotations

import pytest

from settings.data.windows import too_near, window_faults


@pytest.mark.parametrize(
    ("backup", "maintenance"),
    [
        ("03:00-04:00", "sun:04:30-sun:05:30"),
        ("03:00-04:00", "sun:04:00-sun:05:00"),
        ("23:30-00:30", "mon:00:30-mon:01:30"),
        ("12:00-12:30", "sun:23:30-mon:00:30"),
    ],
)
def test_windows_apart(backup: str, maintenance: str) -> None:
    assert list(window_faults(backup, maintenance)) == []


@pytest.mark.parametrize(
    ("backup", "maintenance", "key", "reason"),
    [
        ("03:00-04:00", "sun:03:30-sun:04:30", "maintenance_window", "overlaps the backup window 03:00-04:00"),
        ("23:30-00:30", "mon:00:00-mon:01:00", "maintenance_window", "overlaps"),
        ("00:00-01:00", "sun:23:30-mon:00:30", "maintenance_window", "overlaps"),
        ("12:00-13:00", "fri:10:00-sat:09:00", "maintenance_window", "overlaps"),
        (
            "03:00-03:29",
            "sun:04:30-sun:05:30",
            "backup_window",
            "is 29 minutes long; write one of at least 30 minutes, as RDS requires",
        ),
        ("03:00-04:00", "sun:04:30-sun:04:30", "maintenance_window", "is 0 minutes long"),
        ("24:00-25:00", "sun:04:30-sun:05:30", "backup_window", "24:00 is not a time of day"),
        ("03:00-04:00", "sun:04:30-sun:05:60", "maintenance_window", "05:60 is not a time of day"),
    ],
)
def test_windows_that_rds_refuses(backup: str, maintenance: str, key: str, reason: str) -> None:
    (fault,) = window_faults(backup, maintenance)
    assert fault.key == key
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("at", "window"),
    [
        ("06:30", None),
        ("05:30", None),
        ("01:00", None),
        ("01:01", "03:00-04:00"),
        ("02:30", "03:00-04:00"),
        ("03:59", "03:00-04:00"),
        ("04:00", "sun:04:30-sun:05:30"),
        ("05:29", "sun:04:30-sun:05:30"),
    ],
)
def test_a_backup_job_keeps_an_hour_off(at: str, window: str | None) -> None:
    """AWS Backup starts a job within an hour, and RDS refuses one shortly before and in its own windows."""
    assert too_near(at, "03:00-04:00", "sun:04:30-sun:05:30") == window
