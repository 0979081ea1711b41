"""File systems that outlive tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Statement, document
from components.values import Mount, Peer, Permission
from settings.compute.volumes import Volume
from settings.data import file_systems as file_system

__all__ = ["FileSystem", "FileSystemArgs"]

PORT = 2049
_CLIENT = ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:ClientRootAccess")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystemArgs:
    """Arguments of `FileSystem`."""

    settings: file_system.FileSystem
    """What the stack's settings say about it."""
    vpc_id: pulumi.Input[str]
    """The network, with DNS hostnames, by which tasks find the mount target of their zone."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """One subnet a zone: EFS allows one mount target in each."""
    key_arn: pulumi.Input[str]
    """The key that encrypts files and backups; retain it when `protect`."""
    protect: bool
    """Refuse deletion and replacement."""


class FileSystem(Component):
    """An EFS file system; see `settings.file_system.FileSystem` for what it costs.

    Creates: security group, file system with its policy and backup policy, one mount target a zone, access points.
    Guarantees: encrypted with the given key; mounted over TLS, through an access point and by a role that may, and in
    no other way; nothing reaches it without a `Connection`; a role gets one access point only.
    """

    def __init__(self, name: str, args: FileSystemArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        group = aws.ec2.SecurityGroup(
            self.child_name("access"),
            description="File system",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            opts=self.child_opts(),
        )
        system = self._system(args)
        policy = aws.efs.FileSystemPolicy(
            self.child_name("policy"), file_system_id=system.id, policy=_policy(system.arn), opts=self.child_opts()
        )
        targets = [
            aws.efs.MountTarget(
                self.child_name(f"target-{i}"),
                file_system_id=system.id,
                subnet_id=subnet_id,
                security_groups=[group.id],
                # A zone takes one mount target: its successor cannot stand beside it.
                opts=self.child_opts(delete_before_replace=True),
            )
            for i, subnet_id in enumerate(args.subnet_ids)
        ]
        self._points = {
            point_name: self._point(point_name, point, system.id)
            for point_name, point in args.settings.access_points.items()
        }
        self._dependencies: Sequence[pulumi.Resource] = [policy, *targets]
        self.id = system.id
        self.arn = system.arn
        self.peer = Peer(name=name, security_group_id=group.id, port=PORT)
        self.done(id=self.id)

    def mount(self, volume: Volume) -> Mount:
        """What a task needs to mount one access point, and no other."""
        point = self._points[volume.access_point]
        actions = _CLIENT[:1] if volume.read_only else _CLIENT[:2]
        return Mount(
            name=volume.name,
            path=volume.path,
            file_system_id=self.id,
            access_point_id=point.id,
            read_only=volume.read_only,
            permission=Permission(
                actions=actions,
                resources=[self.arn],
                conditions={"StringEquals": {"elasticfilesystem:AccessPointArn": point.arn}},
            ),
            dependencies=self._dependencies,
        )

    def _system(self, args: FileSystemArgs) -> aws.efs.FileSystem:
        settings = args.settings
        system = aws.efs.FileSystem(
            self.child_name(),
            encrypted=True,
            kms_key_id=args.key_arn,
            performance_mode="generalPurpose",
            **_throughput(settings.throughput),
            lifecycle_policies=_lifecycle(settings.ia_after_days),
            opts=self.child_opts(protect=args.protect),
        )
        aws.efs.BackupPolicy(
            self.child_name("backup"),
            file_system_id=system.id,
            backup_policy=aws.efs.BackupPolicyBackupPolicyArgs(status="ENABLED" if settings.own_backup else "DISABLED"),
            opts=self.child_opts(),
        )
        return system

    def _point(
        self, name: str, point: file_system.AccessPoint, file_system_id: pulumi.Output[str]
    ) -> aws.efs.AccessPoint:
        return aws.efs.AccessPoint(
            self.child_name(f"point-{name}"),
            file_system_id=file_system_id,
            posix_user=aws.efs.AccessPointPosixUserArgs(uid=point.uid, gid=point.gid),
            root_directory=aws.efs.AccessPointRootDirectoryArgs(
                path=point.path or f"/{name}",
                # Made with the first mount; without it the mount fails, and root would own a directory made by hand.
                creation_info=aws.efs.AccessPointRootDirectoryCreationInfoArgs(
                    owner_uid=point.uid, owner_gid=point.gid, permissions=point.permissions.zfill(4)
                ),
            ),
            opts=self.child_opts(),
        )


def _throughput(throughput: str | int) -> dict[str, Any]:
    if throughput == "elastic":
        return {"throughput_mode": "elastic"}
    return {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": throughput}


def _lifecycle(ia_after_days: int | None) -> list[aws.efs.FileSystemLifecyclePolicyArgs] | None:
    if ia_after_days is None:
        return None
    days = f"AFTER_{ia_after_days}_DAY{'' if ia_after_days == 1 else 'S'}"
    return [
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_ia=days),
        aws.efs.FileSystemLifecyclePolicyArgs(transition_to_primary_storage_class="AFTER_1_ACCESS"),
    ]


def _policy(arn: pulumi.Output[str]) -> pulumi.Input[str]:
    """With a policy that allows nothing by itself, a client without a role's permission cannot mount at all."""
    anybody = {"AWS": ["*"]}
    return document(
        [
            Statement(
                sid="TlsOnly",
                effect="Deny",
                actions=_CLIENT,
                resources=[arn],
                principals=anybody,
                conditions={"Bool": {"aws:SecureTransport": "false"}},
            ),
            Statement(
                sid="AccessPointsOnly",
                effect="Deny",
                actions=_CLIENT,
                resources=[arn],
                principals=anybody,
                conditions={"Null": {"elasticfilesystem:AccessPointArn": "true"}},
            ),
        ]
    )
