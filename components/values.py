"""Values that components publish and the program passes to other components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi

__all__ = ["PERCENTILES", "Injection", "Metric", "Mount", "Peer", "Permission", "PrefixList", "Search"]

# The percentiles of latencies: the usual request, the slow one in 20, and the slowest one in 100.
PERCENTILES: tuple[Literal["p50"], Literal["p95"], Literal["p99"]] = ("p50", "p95", "p99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Something on the network: a security group and the port it listens on.

    A client that only opens connections has no port. An `imported` group is not managed by the stack: it gets no rules,
    and its owner must allow the clients.
    """

    name: str
    security_group_id: pulumi.Input[str]
    port: int | None = None
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """A managed prefix list, and whose addresses it holds."""

    name: str
    id: pulumi.Input[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Actions on resources, for a role; `*` as a resource needs a `reason`.

    Errors: ValueError where it has none.
    """

    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]]
    conditions: Mapping[str, Mapping[str, pulumi.Input[str] | Sequence[pulumi.Input[str]]]] = field(
        default_factory=dict
    )
    reason: str = ""

    def __post_init__(self) -> None:
        if "*" in self.resources and not self.reason:
            raise ValueError(f"a permission for {', '.join(self.actions)} on * needs its reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A CloudWatch metric, as its owner publishes it, so that alarms and dashboards never spell a dimension."""

    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    statistic: Literal["Average", "Sum", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p95", "p99"] = "Average"
    period_s: int = 60
    label: str = ""
    region: str | None = None
    """The region that it is published in, if not the stack's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All series of a metric that have exactly these dimensions, some with a given value; for dashboards, not alarms.

    For series whose dimensions only AWS knows, such as those of routes.
    """

    namespace: str
    name: str
    dimensions: Sequence[str]
    where: Mapping[str, pulumi.Input[str]]
    statistic: Literal["Average", "Sum", "p50", "p95", "p99"]
    label: str
    """CloudWatch's own label of each series, such as `${PROP('Dim.Route')}`."""
    period_s: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """What a container needs to use a connection: plain variables, secrets by `valueFrom`, and permissions."""

    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    execution_permissions: Sequence[Permission] = ()
    task_permissions: Sequence[Permission] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """An access point of a file system in a container: its path, its permission, and the resources that come first."""

    name: str
    path: str
    file_system_id: pulumi.Input[str]
    access_point_id: pulumi.Input[str]
    permission: Permission
    read_only: bool = False
    dependencies: Sequence[pulumi.Resource] = ()
