"""Broken stack files: databases that are restored, and copies in another region."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_FROM = "data.postgres.main.restore_from"
_COPY = "data.backup.copy_to"
_SNAPSHOT = "arn:aws:rds:eu-west-1:123456789012:snapshot:dev-main-final-1a2b3c4d"


def _copied(**copy: Any) -> dict[str, Any]:
    return {"data.postgres.main.backup_plan": True, "data.backup": {"copy_to": copy}}


def _moment(**moment: Any) -> dict[str, Any]:
    return {"point_in_time": {"source": "dev-main", **moment}}


BROKEN = [
    Broken(
        "a restore from nothing",
        _FROM,
        {},
        _FROM,
        "needs exactly one of snapshot and point_in_time",
        "keep or write one",
    ),
    Broken(
        "a restore from two sources",
        _FROM,
        {"snapshot": "dev-main-final", **_moment()},
        _FROM,
        "needs exactly one of snapshot and point_in_time",
        "keep or write one",
    ),
    *(
        Broken(
            f"a snapshot that is {what}",
            _FROM,
            {"snapshot": snapshot},
            f"{_FROM}.snapshot",
            "is not a snapshot of an instance",
            "write its name",
        )
        for what, snapshot in {
            "a cluster's": "arn:aws:rds:us-east-1:123456789012:cluster-snapshot:main",
            "a recovery point of a file system": "arn:aws:backup:us-east-1:123456789012:recovery-point:1",
            "none": "dev main",
        }.items()
    ),
    Broken(
        "a snapshot of another region",
        _FROM,
        {"snapshot": _SNAPSHOT},
        f"{_FROM}.snapshot",
        "is in eu-west-1, and RDS restores within a region",
        "aws rds copy-db-snapshot --region us-east-1",
    ),
    Broken(
        "a moment without its source",
        _FROM,
        {"point_in_time": {"at": "latest"}},
        f"{_FROM}.point_in_time.source",
        "is missing",
        "add it",
    ),
    Broken(
        "a source that is none",
        _FROM,
        _moment(source="arn:aws:rds:us-east-1:123456789012:db:dev-main"),
        f"{_FROM}.point_in_time.source",
        "is not an RDS instance",
        "write its identifier",
    ),
    *(
        Broken(
            f"a moment {what}",
            _FROM,
            _moment(at=moment),
            f"{_FROM}.point_in_time.at",
            "is not a moment in UTC",
            '"2026-11-20T12:00:00Z", in quotes, or latest',
        )
        for what, moment in {
            "without a zone": "2026-11-20T12:00:00",
            "of another zone": "2026-11-20T12:00:00+01:00",
            "that never was": "2026-02-30T12:00:00Z",
            "in words": "yesterday",
        }.items()
    ),
    Broken(
        "copies in the stack's own region",
        "",
        _copied(region="us-east-1"),
        f"{_COPY}.region",
        "the stack's own",
        "choose another",
    ),
    Broken(
        "copies in no region",
        "",
        _copied(region="us-wset-2"),
        f"{_COPY}.region",
        "is not a region",
        "did you mean us-west-2?",
    ),
    Broken(
        "copies in a zone",
        "",
        _copied(region="us-west-2a"),
        f"{_COPY}.region",
        "is not a region",
        "did you mean us-west-2?",
    ),
    Broken(
        "copies in another partition",
        "",
        _copied(region="cn-north-1"),
        f"{_COPY}.region",
        "is in the partition aws-cn, which is not supported",
        "such as us-east-1",
    ),
    Broken("copies somewhere", "", _copied(keep_days=7), f"{_COPY}.region", "is missing", "add it (the other region"),
    Broken(
        "copies that leave cold storage early",
        "",
        _copied(region="us-west-2", keep_days=100, cold_after_days=30),
        f"{_COPY}.keep_days",
        "cold storage keeps for 90 days",
        "at least 120",
    ),
    Broken(
        "copies for no day",
        "",
        _copied(region="us-west-2", keep_days=0),
        f"{_COPY}.keep_days",
        "0 is too small",
        "write 1 or more",
    ),
    Broken(
        "copies of nothing",
        "data.backup",
        {"copy_to": {"region": "us-west-2"}},
        "data.backup",
        "backs nothing up",
        "write backup_plan: true",
    ),
]
