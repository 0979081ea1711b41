"""EFS file systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.file_system_monitoring import FileSystemMonitoring, file_system_metrics
from components.iam import Statement, document
from components.values import Mount, Peer, Permission
from settings.compute.volumes import Volume
from settings.data import file_systems

__all__ = ["FileSystem", "FileSystemArgs"]

PORT = 2049
_CLIENT_ACTIONS = (
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
    "elasticfilesystem:ClientRootAccess",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystemArgs:
    """Arguments of `FileSystem`."""

    settings: file_systems.FileSystem
    """What the stack's settings say about it."""
    vpc_id: pulumi.Input[str]
    """The VPC; it needs DNS hostnames, since tasks resolve the mount target of their zone."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """One subnet in each zone, since EFS allows one mount target in a zone."""
    key_arn: pulumi.Input[str]
    """The key that encrypts files and backups; retain it when `protect`."""
    protect: bool
    """Refuse deletion and replacement."""


class FileSystem(Component):
    """An EFS file system; see `settings.data.file_systems.FileSystem` for what it costs.

    Creates: security group, file system with its policy and backup policy, one mount target in each zone, access
    points.
    Guarantees: encrypted with the given key; mounted only over TLS, through an access point and by a role with the
    permission; nothing reaches it without a `Connection`; the permission of a mount is for one access point only.
    """

    def __init__(self, name: str, args: FileSystemArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        security_group = aws.ec2.SecurityGroup(
            self.child_name("access"),
            description="File system",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            opts=self.child_opts(),
        )
        file_system = self._file_system(args)
        policy = aws.efs.FileSystemPolicy(
            self.child_name("policy"),
            file_system_id=file_system.id,
            policy=_policy(file_system.arn),
            opts=self.child_opts(),
        )
        mount_targets = [
            aws.efs.MountTarget(
                self.child_name(f"target-{i}"),
                file_system_id=file_system.id,
                subnet_id=subnet_id,
                security_groups=[security_group.id],
                # A zone allows one mount target, so the old one is deleted before its replacement is created.
                opts=self.child_opts(delete_before_replace=True),
            )
            for i, subnet_id in enumerate(args.subnet_ids)
        ]
        self._access_points = {
            role: self._access_point(role, access_point, file_system.id)
            for role, access_point in args.settings.access_points.items()
        }
        self._dependencies: Sequence[pulumi.Resource] = [policy, *mount_targets]
        self.id = file_system.id
        self.arn = file_system.arn
        self.peer = Peer(name=name, security_group_id=security_group.id, port=PORT)
        self.monitoring = FileSystemMonitoring(
            name=name,
            metrics=file_system_metrics(file_system.id),
            provisioned=isinstance(args.settings.throughput, int),
        )
        self.done(id=self.id)

    def mount(self, volume: Volume) -> Mount:
        """The volume of a task that mounts one access point, and the permission for this access point only."""
        access_point = self._access_points[volume.access_point]
        actions = _CLIENT_ACTIONS[:1] if volume.read_only else _CLIENT_ACTIONS[:2]
        return Mount(
            name=volume.name,
            path=volume.path,
            file_system_id=self.id,
            access_point_id=access_point.id,
            read_only=volume.read_only,
            permission=Permission(
                actions=actions,
                resources=[self.arn],
                conditions={"StringEquals": {"elasticfilesystem:AccessPointArn": access_point.arn}},
            ),
            dependencies=self._dependencies,
        )

    def _file_system(self, args: FileSystemArgs) -> aws.efs.FileSystem:
        settings = args.settings
        file_system = aws.efs.FileSystem(
            self.child_name(),
            encrypted=True,
            kms_key_id=args.key_arn,
            performance_mode="generalPurpose",
            throughput_mode="provisioned" if isinstance(settings.throughput, int) else "elastic",
            provisioned_throughput_in_mibps=settings.throughput if isinstance(settings.throughput, int) else None,
            lifecycle_policies=_lifecycle_policies(settings.ia_after_days),
            opts=self.child_opts(protect=args.protect),
        )
        aws.efs.BackupPolicy(
            self.child_name("backup"),
            file_system_id=file_system.id,
            backup_policy=aws.efs.BackupPolicyBackupPolicyArgs(status="ENABLED" if settings.own_backup else "DISABLED"),
            opts=self.child_opts(),
        )
        return file_system

    def _access_point(
        self, name: str, settings: file_systems.AccessPoint, file_system_id: pulumi.Output[str]
    ) -> aws.efs.AccessPoint:
        return aws.efs.AccessPoint(
            self.child_name(f"point-{name}"),
            file_system_id=file_system_id,
            posix_user=aws.efs.AccessPointPosixUserArgs(uid=settings.uid, gid=settings.gid),
            root_directory=aws.efs.AccessPointRootDirectoryArgs(
                path=settings.path or f"/{name}",
                # EFS creates the directory at the first mount; without this the mount would fail.
                creation_info=aws.efs.AccessPointRootDirectoryCreationInfoArgs(
                    owner_uid=settings.uid, owner_gid=settings.gid, permissions=settings.permissions.zfill(4)
                ),
            ),
            opts=self.child_opts(),
        )


def _lifecycle_policies(ia_after_days: int | None) -> list[aws.efs.FileSystemLifecyclePolicyArgs] | None:
    if ia_after_days is None:
        return None
    days = f"AFTER_{ia_after_days}_DAY{'' if ia_after_days == 1 else 'S'}"
    return [
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_ia=days),
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_primary_storage_class="AFTER_1_ACCESS"),
    ]


def _policy(arn: pulumi.Output[str]) -> pulumi.Input[str]:
    """Statements that only deny: with this policy, a client needs the permission of its role to mount at all."""
    everybody = {"AWS": ["*"]}
    return document(
        [
            Statement(
                sid="TlsOnly",
                effect="Deny",
                actions=_CLIENT_ACTIONS,
                resources=[arn],
                principals=everybody,
                conditions={"Bool": {"aws:SecureTransport": "false"}},
            ),
            Statement(
                sid="AccessPointsOnly",
                effect="Deny",
                actions=_CLIENT_ACTIONS,
                resources=[arn],
                principals=everybody,
                conditions={"Null": {"elasticfilesystem:AccessPointArn": "true"}},
            ),
        ]
    )
