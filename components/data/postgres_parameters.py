"""Parameters of PostgreSQL on RDS."""

from __future__ import annotations

import pulumi_aws as aws

from components.data.dynamic_parameters import DYNAMIC
from settings.data import Postgres

__all__ = ["parameters"]


def parameters(settings: Postgres) -> list[aws.rds.ParameterGroupParameterArgs]:
    """The parameters sorted by name, each with an apply method that RDS accepts for it.

    RDS refuses to apply a static one at once, and takes any at the next reboot: so does one that is not known here.
    """
    values = {
        "log_min_duration_statement": str(settings.log_min_duration_ms),
        **settings.parameters,
        "rds.force_ssl": "1",
    }
    return [
        aws.rds.ParameterGroupParameterArgs(
            name=name, value=value, apply_method="immediate" if name.lower() in DYNAMIC else "pending-reboot"
        )
        for name, value in sorted(values.items())
    ]
