"""Settings of the area `data`: databases, caches, file systems, buckets, queues, secrets, backups."""

from __future__ import annotations

from typing import Annotated, Any

from settings.data.backup import Backup
from settings.data.buckets import Bucket, BucketAccess, bucket_variable
from settings.data.file_systems import FileSystem
from settings.data.postgres import Credentials, Postgres
from settings.data.queues import Queue, url_variable
from settings.data.redis import Redis
from settings.data.secrets import SecretSettings
from settings.data.tables import Table, TableAccess, TableName, table_variable
from settings.data.uses import Use, Uses, uses_of
from settings.model import Model
from settings.types import Name, SecretName

__all__ = ["Credentials", "Data", "DataUses", "Postgres", "SecretSettings"]


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
    tables: dict[TableName, Table] = {}
    """DynamoDB tables by name."""
    secrets: dict[SecretName, SecretSettings] = {}
    """Secrets by name; those that a service names need no entry here."""

    @property
    def stores(self) -> dict[str, dict[str, Any]]:
        """Everything that has names, by its key in this area."""
        return {key: value for key in type(self).model_fields if isinstance(value := getattr(self, key), dict)}

    @property
    def backed_up(self) -> tuple[tuple[str, str], ...]:
        """The stores that ask for the backup plan: the kind's key, and the name."""
        return tuple(
            (kind, name)
            for kind, entries in self.stores.items()
            for name, store in entries.items()
            if getattr(store, "backup_plan", False)
        )


class DataUses(Model):
    """The stores of this area that a service or task uses without a network path of their own."""

    consumes: Annotated[
        tuple[Name, ...], Uses(kind="queues", variable=url_variable, access="consume", endpoint="sqs")
    ] = ()
    """Queues of `data.queues` whose messages it receives and deletes; each sets `<NAME>_QUEUE_URL`."""
    sends_to: Annotated[
        tuple[Name, ...], Uses(kind="queues", variable=url_variable, access="send", endpoint="sqs")
    ] = ()
    """Queues of `data.queues` to which it sends; each sets `<NAME>_QUEUE_URL`."""
    buckets: Annotated[dict[Name, BucketAccess], Uses(kind="buckets", variable=bucket_variable)] = {}
    """Buckets of `data.buckets` by name, with `read`, `write` (which includes deleting) or `read-write`. Each sets
    `<NAME>_BUCKET` to the bucket's name in AWS."""
    tables: Annotated[
        dict[TableName, TableAccess], Uses(kind="tables", variable=table_variable, endpoint="dynamodb")
    ] = {}
    """Tables of `data.tables` by name, with `read`, `write` (which includes deleting) or `read-write` for their items.
    Each sets `<NAME>_TABLE` to the table's name in AWS."""

    @property
    def uses(self) -> tuple[Use, ...]:
        """Every store that it uses, in the order of the keys."""
        return tuple(uses_of(self))
