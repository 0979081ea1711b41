"""RDS's Enhanced Monitoring: what the operating system under a database says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import pulumi

from components.aws import Account
from components.base import Component
from components.identity.role import Role, RoleArgs

__all__ = ["EnhancedMonitoring", "enhanced_monitoring"]

_POLICY = "service-role/AmazonRDSEnhancedMonitoringRole"


class _Arguments(TypedDict, total=False):
    monitoring_interval: int
    monitoring_role_arn: pulumi.Input[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancedMonitoring:
    """Arguments of the instance, and what must exist before it: RDS refuses a role that may not write yet."""

    arguments: _Arguments
    dependencies: Sequence[pulumi.Resource]


def enhanced_monitoring(owner: Component, *, database: str, interval_s: int, account: Account) -> EnhancedMonitoring:
    """Enhanced Monitoring of the database of `owner`, with a role of its own; none with an interval of 0.

    RDS writes to the log group RDSOSMetrics, which all databases of an account share.
    """
    if interval_s == 0:
        # Said, and not left out, so that it ends where it was on.
        return EnhancedMonitoring(arguments={"monitoring_interval": 0}, dependencies=())
    role = Role(
        owner.child_name("monitoring"),
        RoleArgs(
            service="monitoring.rds.amazonaws.com",
            description=f"Writes what Enhanced Monitoring measures of {database}",
            conditions=account.is_source,
            managed_policies=[account.managed_policy(_POLICY)],
        ),
        owner.child_opts(),
    )
    arguments: _Arguments = {"monitoring_interval": interval_s, "monitoring_role_arn": role.arn}
    return EnhancedMonitoring(arguments=arguments, dependencies=role.policies)
