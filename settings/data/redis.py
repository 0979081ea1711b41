"""Settings of Redis and Valkey on ElastiCache."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.data.redis_serverless import Serverless, faults_beside_serverless
from settings.data.windows import Apply, DailyWindow, WeeklyWindow, applies_now, window_faults
from settings.instance_classes import CacheNodeType
from settings.model import Fault, Model, refuse

__all__ = ["VERSIONS", "Redis", "Serverless"]

_DEFAULT_VERSION = {"valkey": "8.0", "redis": "7.1"}
# What ElastiCache makes (cfn-lint 1.58, `engine_version`), without what it makes at the price of Extended Support only.
VERSIONS = {"valkey": ("7.2", "8.0", "8.1", "8.2", "9.0", "9.1"), "redis": ("6.0", "6.2", "7.0", "7.1")}
_PAST_SUPPORT = {"4.0.10", "5.0.6"}
_SHORTEST_WINDOW = 60
_CLUSTER_MODE = "cluster-enabled"


class Redis(Model):
    """A Redis or Valkey store: encrypted, in isolated subnets, TLS and token or password required."""

    engine: Literal["valkey", "redis"] = "valkey"
    """`valkey` is Redis' open-source successor for the same clients, and a fifth cheaper than `redis`. A store goes
    from `redis` to `valkey` in place; the way back replaces it by an empty one."""
    version: str | None = None
    """Version as text, such as `"8.0"`; by default 8.0 of valkey, 7.1 of redis. From February 2027 on AWS bills redis 6
    as Extended Support. AWS installs patches and never
    raises the minor version by itself: write a newer one. An older one than the store has replaces it by an empty one.
    Serverless takes the part before the dot."""
    serverless: Serverless | None = None
    """A store without nodes that scales and is paid by use, from about 6 USD a month (redis: 91): write `{}`
    or its limits. Clients must support cluster mode. By default there are nodes. Adding or removing it replaces the
    store by an empty one."""
    node: CacheNodeType = "cache.t4g.micro"
    """Node type; cache.t4g.micro costs about 9 USD a month, cache.t4g.small about 19 (redis: 12 and 23), each node."""
    replicas: Annotated[int, Field(ge=0, le=5)] = 0
    """Further nodes in other zones; with one or more, a replica takes over when the first node fails."""
    snapshot_days: Annotated[int, Field(ge=0, le=35)] = 7
    """Days that a daily snapshot is kept, about 0.085 USD a GB and month; 0 takes none."""
    snapshot_window: DailyWindow = "03:00-04:00"
    """Daily snapshot window in UTC, an hour at least, such as 03:00-04:00; serverless takes its beginning."""
    maintenance_window: WeeklyWindow = "sun:04:30-sun:05:30"
    """Weekly maintenance window in UTC, an hour at least, such as sun:04:30-sun:05:30; it must not overlap the
    snapshot window."""
    apply: Apply | None = None
    """When changes that may interrupt it take effect, such as `node`, `version` and `auth`: `now`, or in the
    maintenance `window`; by default in the window where the stack is protected, otherwise now."""
    parameters: dict[str, str] = {}
    """Engine parameters, such as `maxmemory-policy`."""
    auth: Literal["token", "rbac"] = "token"
    """`token`: one token for everything. `rbac`: the user `app` with a password, who may not run commands that block or
    wipe the store, such as KEYS and FLUSHALL; serverless has `rbac` always. Services change their login at once: in a
    protected stack, write `apply: now` beside a change."""
    tokens: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=2)] = (1,)
    """Numbers of the tokens, with `rbac` of the passwords, that are accepted; services get the last. To rotate, write
    `[1, 2]` and `pulumi up`, which starts the services anew, then `[2]`."""

    def applies_now(self, *, protect: bool) -> bool:
        """Whether changes of nodes take effect at once."""
        return applies_now(self.apply, protect=protect)

    @property
    def engine_version(self) -> str:
        """The version, stated or not."""
        return self.version or _DEFAULT_VERSION[self.engine]

    @property
    def major_version(self) -> str:
        """The version's part before the dot."""
        return self.engine_version.partition(".")[0]

    @property
    def family(self) -> str:
        """The family of parameter groups."""
        return f"{self.engine}{self.major_version}" + (".x" if self.major_version == "6" else "")

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults: list[Fault] = []
        if (reason := self._version_fault()) is not None:
            faults.append(Fault("version", reason))
        if len(self.tokens) == 2 and self.tokens[1] != self.tokens[0] + 1:
            faults.append(
                Fault("tokens", f"is {list(self.tokens)}; write one token, or two that follow each other, as in [1, 2]")
            )
        if self.serverless is not None:
            faults += faults_beside_serverless(self.model_fields_set, auth=self.auth)
        elif _CLUSTER_MODE in self.parameters:
            faults.append(
                Fault(f"parameters.{_CLUSTER_MODE}", "needs cluster clients, which are not supported; remove it")
            )
        faults += window_faults(
            self.snapshot_window,
            self.maintenance_window,
            key="snapshot_window",
            service="ElastiCache",
            shortest=_SHORTEST_WINDOW,
        )
        refuse(faults)
        return self

    def _version_fault(self) -> str | None:
        """Why ElastiCache makes no store of the version, or None; one that is newer than all known may be there."""
        version, known = self.engine_version, VERSIONS[self.engine]
        if self.engine == "redis" and version in _PAST_SUPPORT:
            return (
                f"redis {version} is past its standard support, and AWS bills it as Extended Support; write {known[-1]}"
            )
        newer = self.engine == "valkey" and re.fullmatch(r"\d+\.\d", version) and _number(version) > _number(known[-1])
        if version not in known and not newer:
            return f"{version!r} is not a version of {self.engine}; write one of {', '.join(known)}"
        if self.serverless is not None and self.major_version == "6":
            return f"redis {version} is not served without nodes; write {known[-1]}, or leave it out"
        return None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
