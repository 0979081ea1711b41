"""Settings of PostgreSQL on RDS."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.data.postgres_names import database_fault, username_fault
from settings.data.proxy import Proxy
from settings.data.restore_from import RestoreFrom
from settings.data.windows import Apply, DailyWindow, WeeklyWindow, applies_now, window_faults
from settings.form import matches
from settings.instance_classes import DatabaseClass
from settings.model import Fault, Model, refuse

__all__ = ["Credentials", "Postgres"]

Credentials = Literal["managed", "generated", "iam"]


MajorVersion = Annotated[
    str,
    matches(
        r"(1[3-9]|2\d)",
        'is not a major version of 13 or later; write one like "16" (AWS chooses and updates the minor one)',
        in_schema=True,
    ),
]


DatabaseName = Annotated[
    str,
    matches(
        r"[a-z][a-z0-9_]{0,62}",
        "is not a database name; use up to 63 lower-case letters, digits and underscores, and begin with a letter",
        in_schema=True,
    ),
]


Username = Annotated[
    str,
    matches(
        r"[a-z][a-z0-9_]{0,62}",
        "is not a user name; use lower-case letters, digits and underscores, and begin with a letter",
        in_schema=True,
    ),
]


class Postgres(Model):
    """An RDS PostgreSQL instance: encrypted, in isolated subnets, TLS enforced, backed up."""

    version: MajorVersion = "16"
    """Major version as text (`"16"`); AWS chooses and updates the minor one. RDS refuses a new database whose version
    is past its standard support, unless `extended_support` is true."""
    extended_support: bool = False
    """Accept RDS Extended Support, which costs 0.10 USD for a vCPU and hour, a standby's too (146 USD a month for
    db.t4g.micro), from the day on which the version's standard support ends. Without it, RDS makes no new database of
    such a version, upgrades one that is restored, and at the end of support upgrades this one. Decided when the
    database is made; later by `aws rds modify-db-instance --engine-lifecycle-support`."""
    instance: DatabaseClass = "db.t4g.micro"
    """Instance class; db.t4g.micro costs about 12 USD a month, db.t4g.small about 24, twice that with Multi-AZ."""
    storage_gb: Annotated[int, Field(ge=20, le=65536)] = 20
    """Size in GiB of the gp3 storage, about 0.12 USD a GB and month; it can grow, and never shrinks. From 400 on it has
    12,000 IOPS and 500 MiB/s instead of 3,000 and 125. A restored instance cannot be raised from below 400 to 400 or
    more here (docs/backups.md)."""
    max_storage_gb: Annotated[int, Field(ge=20, le=65536)] | None = None
    """Limit of storage autoscaling; by default five times `storage_gb`."""
    database: DatabaseName = "app"
    """Name of the first database; changing it replaces the instance."""
    username: Username = "app"
    """Master user; changing it replaces the instance."""
    credentials: Credentials = "managed"
    """`managed`: RDS keeps and rotates the password in Secrets Manager. `generated`: one secret holds the whole
    URL. `iam`: services sign in with tokens of their role, as `<username>_iam`, a user to be made once in SQL. Services
    change their login at once: in a protected stack, write `apply: now` beside a change."""
    rotation_days: Annotated[int, Field(ge=1, le=1000)] = 30
    """Days between two rotations of managed credentials."""
    multi_az: bool = False
    """A standby in another zone: doubles the price of instance and storage."""
    backup_days: Annotated[int, Field(ge=0, le=35)] = 7
    """Days for which any point in time can be restored; 0 switches automated backups off."""
    backup_window: DailyWindow = "03:00-04:00"
    """Daily backup window in UTC, such as 03:00-04:00."""
    backup_plan: bool = False
    """Also in the stack's backup plan (`data.backup`), whose recovery points outlive the instance."""
    maintenance_window: WeeklyWindow = "sun:04:30-sun:05:30"
    """Weekly maintenance window in UTC, such as sun:04:30-sun:05:30; it must not overlap the backup window."""
    apply: Apply | None = None
    """When changes that may interrupt it take effect, such as `instance`, `version` and `credentials`: `now`, or in the
    maintenance `window`; by default in the window where the stack is protected, otherwise now."""
    parameters: dict[str, str] = {}
    """PostgreSQL parameters, such as {work_mem: "16384"}; `rds.force_ssl` is always 1. One that needs a restart, such
    as `max_connections`, and one that this program does not know, take effect at the next reboot: `aws rds
    reboot-db-instance --db-instance-identifier <name in AWS>`."""
    log_min_duration_ms: Annotated[int, Field(ge=-1)] = 1000
    """Statements slower than this many milliseconds are logged; -1 logs none."""
    performance_insights: bool = True
    """Performance Insights with the free seven days of history."""
    enhanced_monitoring_s: Literal[0, 1, 5, 10, 15, 30, 60] | None = None
    """Seconds between two measurements of the instance's operating system (processes, memory, disks); 0 is off. By
    default 60 in prod, where they cost about 0.15 USD a month of logs, and off otherwise."""
    proxy: Proxy | None = None
    """RDS Proxy; with it, services reach the database through the proxy only."""
    restore_from: RestoreFrom | None = None
    """A snapshot or a moment to make the instance from; `version`, `database` and `username` are then those of its
    source, and `storage_gb` is no less. On an instance that exists it has no effect; taken away, it replaces one whose
    source has another key."""

    def applies_now(self, *, protect: bool) -> bool:
        """Whether changes take effect at once."""
        return applies_now(self.apply, protect=protect)

    def monitoring_interval_s(self, *, prod: bool) -> int:
        """Seconds between two measurements of Enhanced Monitoring, 0 for none."""
        return (60 if prod else 0) if self.enhanced_monitoring_s is None else self.enhanced_monitoring_s

    @property
    def storage_limit_gb(self) -> int:
        """Limit of storage autoscaling in GiB."""
        return self.max_storage_gb if self.max_storage_gb is not None else min(65536, 5 * self.storage_gb)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults: list[Fault] = []
        if self.max_storage_gb is not None and self.max_storage_gb < self.storage_gb * 11 // 10 + 1:
            faults.append(
                Fault(
                    "max_storage_gb",
                    f"is {self.max_storage_gb}, and RDS requires 10 % more than storage_gb "
                    f"({self.storage_gb}); write at "
                    f"least {self.storage_gb * 11 // 10 + 1}, or remove it",
                )
            )
        if self.restore_from is None:  # A restored one has its source's names, whatever they are.
            faults += [
                Fault(key, reason)
                for key, reason in (
                    ("database", database_fault(self.database)),
                    ("username", username_fault(self.username)),
                )
                if reason
            ]
        if "rds.force_ssl" in self.parameters:
            faults.append(Fault("parameters.rds.force_ssl", "is always 1; remove it"))
        if self.proxy is not None and self.credentials != "managed":
            fix = ", and proxy.auth: iam" if self.credentials == "iam" else ""
            faults.append(
                Fault("proxy", f"signs in with the secret that RDS keeps; set credentials: managed{fix}, or remove it")
            )
        faults += window_faults(self.backup_window, self.maintenance_window)
        refuse(faults)
        return self
