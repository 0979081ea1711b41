"""Settings of the area `data`: databases, caches, file systems, buckets, queues, secrets, backups."""

from __future__ import annotations

from settings.data.backup import Backup
from settings.data.buckets import Bucket
from settings.data.file_systems import FileSystem
from settings.data.postgres import Credentials, Postgres
from settings.data.queues import Queue
from settings.data.redis import Redis
from settings.data.secrets import SecretSettings
from settings.model import Model
from settings.types import Name, SecretName

__all__ = ["Credentials", "Data", "Postgres", "SecretSettings"]


class Data(Model):
    """Data stores and secrets."""

    retain_keys: bool = True
    """Keep the KMS keys when the stack is destroyed: snapshots and recovery points that they encrypt would be
    unreadable without them. About 1 USD a month for each key, until it is deleted by hand."""

    postgres: dict[Name, Postgres] = {}
    """PostgreSQL databases by name."""
    redis: dict[Name, Redis] = {}
    """Redis and Valkey stores by name."""
    backup: Backup | None = None
    """A daily backup plan for everything with `backup_plan: true`."""
    file_systems: dict[Name, FileSystem] = {}
    """File systems by name."""
    buckets: dict[Name, Bucket] = {}
    """Buckets by name; in AWS they get a unique name that begins with it."""
    queues: dict[Name, Queue] = {}
    """SQS queues by name."""
    secrets: dict[SecretName, SecretSettings] = {}
    """Secrets by name; those that a service names need no entry here."""

    @property
    def backed_up(self) -> tuple[str, ...]:
        """The settings that ask for the backup plan."""
        stores = {"postgres": self.postgres, "file_systems": self.file_systems, "buckets": self.buckets}
        return tuple(
            f"{kind}.{name}.backup_plan"
            for kind, entries in stores.items()
            for name, store in entries.items()
            if store.backup_plan
        )
