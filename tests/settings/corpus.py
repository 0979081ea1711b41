"""Every broken stack file."""

from __future__ import annotations

from tests.settings import (
    broken_amplify,
    broken_buckets,
    broken_collisions,
    broken_distribution,
    broken_existing,
    broken_grpc,
    broken_guards,
    broken_monitoring,
    broken_notifications,
    broken_own,
    broken_queues,
    broken_renamed,
    broken_restores,
    broken_scaling,
    broken_schedules,
    broken_stores,
    broken_tables,
    broken_tracing,
    broken_typos,
    broken_volumes,
)
from tests.settings.broken import BROKEN

__all__ = ["ALL"]

ALL = [
    *BROKEN,
    *broken_amplify.BROKEN,
    *broken_buckets.BROKEN,
    *broken_collisions.BROKEN,
    *broken_distribution.BROKEN,
    *broken_existing.BROKEN,
    *broken_monitoring.BROKEN,
    *broken_grpc.BROKEN,
    *broken_guards.BROKEN,
    *broken_notifications.BROKEN,
    *broken_own.BROKEN,
    *broken_queues.BROKEN,
    *broken_renamed.BROKEN,
    *broken_restores.BROKEN,
    *broken_scaling.BROKEN,
    *broken_schedules.BROKEN,
    *broken_typos.BROKEN,
    *broken_stores.BROKEN,
    *broken_tables.BROKEN,
    *broken_tracing.BROKEN,
    *broken_volumes.BROKEN,
]
