"""The stack's file systems."""

from __future__ import annotations

from collections.abc import Mapping

from components.data.file_system import FileSystem, FileSystemArgs
from components.data.key import Key
from components.networking.vpc import Vpc
from settings import Settings
from wiring.context import StackContext

__all__ = ["FileSystems", "build_file_systems"]

FileSystems = Mapping[str, FileSystem]


def build_file_systems(ctx: StackContext, settings: Settings, network: Vpc, key: Key) -> FileSystems:
    """Every file system by name."""
    return {
        name: FileSystem(
            name,
            FileSystemArgs(
                settings=file_system,
                vpc_id=network.vpc_id,
                subnet_ids=network.isolated_subnet_ids,
                key_arn=key.arn,
                protect=ctx.protect,
            ),
            opts=ctx.opts(f"data.file_systems.{name}"),
        )
        for name, file_system in settings.data.file_systems.items()
    }
