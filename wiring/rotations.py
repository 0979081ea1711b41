"""What follows the rotation of the databases' passwords."""

from __future__ import annotations

from collections.abc import Mapping

from components.data.rotation import RedeployOnRotation, RedeployOnRotationArgs
from settings import Settings
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.data import DataStores

__all__ = ["build_rotations"]


def build_rotations(
    ctx: StackContext, settings: Settings, data: DataStores, compute: Compute
) -> Mapping[str, RedeployOnRotation]:
    """For each database whose password RDS rotates: a redeployment of the services that read it."""
    rotations: dict[str, RedeployOnRotation] = {}
    for name in settings.data.postgres:
        secret_arn, readers = data.postgres[name].secret_arn, _readers(settings, name)
        if secret_arn is None or compute.cluster is None or not readers:
            continue
        rotations[name] = RedeployOnRotation(
            f"{name}-rotated",
            RedeployOnRotationArgs(
                database=name,
                secret_arn=secret_arn,
                cluster_arn=compute.cluster.arn,
                service_arns={reader: compute.services[reader].arn for reader in readers},
                account=ctx.account,
            ),
            opts=ctx.opts(f"data.postgres.{name}"),
        )
    return rotations


def _readers(settings: Settings, database: str) -> list[str]:
    """The services that sign in with the database's rotated password."""
    database_settings = settings.data.postgres[database]
    if database_settings.credentials != "managed" or (
        database_settings.proxy is not None and database_settings.proxy.auth == "iam"
    ):
        return []
    return [
        name
        for name, service in settings.compute.services.items()
        if any(connection.to == database for connection in service.connects_to)
    ]
