"""The volumes of a task definition."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi_aws as aws

from components.values import Mount
from settings.compute.mounts import EXEC_PATHS

__all__ = ["volumes"]

_Efs = aws.ecs.TaskDefinitionVolumeEfsVolumeConfigurationArgs
_Authorization = aws.ecs.TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs


def volumes(
    mounts: Sequence[Mount], shared: Sequence[str] = (), *, with_exec: bool = False
) -> list[aws.ecs.TaskDefinitionVolumeArgs]:
    """File systems, mounted over TLS with the task role, and empty volumes that the task's containers share."""
    empty = [*(sorted(EXEC_PATHS) if with_exec else ()), *shared]
    return [
        *(aws.ecs.TaskDefinitionVolumeArgs(name=name) for name in empty),
        *(
            aws.ecs.TaskDefinitionVolumeArgs(
                name=mount.name,
                efs_volume_configuration=_Efs(
                    file_system_id=mount.file_system_id,
                    transit_encryption="ENABLED",
                    authorization_config=_Authorization(access_point_id=mount.access_point_id, iam="ENABLED"),
                ),
            )
            for mount in mounts
        ),
    ]
