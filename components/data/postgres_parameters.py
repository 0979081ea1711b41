"""Parameters of PostgreSQL on RDS."""

from __future__ import annotations

import pulumi_aws as aws

from settings.data import Postgres

__all__ = ["parameters"]

# Static parameters: the API refuses to apply them immediately, since they need a reboot.
_STATIC = frozenset(
    {
        "autovacuum_freeze_max_age",
        "autovacuum_max_workers",
        "autovacuum_multixact_freeze_max_age",
        "cron.database_name",
        "huge_pages",
        "max_connections",
        "max_files_per_process",
        "max_locks_per_transaction",
        "max_logical_replication_workers",
        "max_pred_locks_per_transaction",
        "max_prepared_transactions",
        "max_replication_slots",
        "max_wal_senders",
        "max_worker_processes",
        "old_snapshot_threshold",
        "pg_stat_statements.max",
        "rds.enable_plan_management",
        "rds.force_ssl",
        "rds.logical_replication",
        "rds.rds_superuser_reserved_connections",
        "rds.restrict_password_commands",
        "shared_buffers",
        "shared_preload_libraries",
        "superuser_reserved_connections",
        "track_activity_query_size",
        "track_commit_timestamp",
        "wal_buffers",
    }
)


def parameters(settings: Postgres) -> list[aws.rds.ParameterGroupParameterArgs]:
    """The parameters sorted by name, each with the apply method that RDS accepts for it."""
    values = {
        "log_min_duration_statement": str(settings.log_min_duration_ms),
        **settings.parameters,
        "rds.force_ssl": "1",
    }
    return [
        aws.rds.ParameterGroupParameterArgs(
            name=name, value=value, apply_method="pending-reboot" if name in _STATIC else "immediate"
        )
        for name, value in sorted(values.items())
    ]
