"""Configuration files of a task, from SSM parameters."""

from __future__ import annotations

import base64
import hashlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.compute.container import log_configuration, mount_point
from components.naming import logical_name, physical_name
from components.values import Permission
from settings.compute.mounts import directories

__all__ = ["PART", "WRITER", "ConfigFiles", "ConfigFilesArgs"]

# Most bytes of a standard parameter, which is free of charge.
PART = 4096
WRITER = "files"
_WRITER_ROOT = "/files"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFilesArgs:
    """Arguments of `ConfigFiles`."""

    files: Mapping[str, str]
    """Text by path in the container; at least one."""
    stack: str
    """The stack; part of the parameters' names."""
    workload: str
    """The service or task; part of the parameters' names."""
    image: str
    """A small image with sh, base64 and mkdir."""


class ConfigFiles(Component):
    """Configuration files that are stored in parameters and written into the task before its container starts.

    Creates: standard SSM parameters, free of charge, as many as each file needs.
    Guarantees: the text arrives unchanged (it is stored in base64, since SSM refuses double braces, which are common
    in dashboards and alert rules); a changed file makes a new revision, so that the tasks are replaced; the writer
    has a read-only root, no capabilities and no role but the task's; in the container, the files are read-only and
    owned by root.
    Errors: ValueError where a file is outside of all volumes, which their directories rule out.

    A rollback to an older revision starts with the current files.
    """

    def __init__(self, name: str, args: ConfigFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        self._args = args
        self._parts: dict[str, dict[str, pulumi.Output[str]]] = {}
        arns: list[pulumi.Output[str]] = []
        for i, (path, text) in enumerate(sorted(args.files.items())):
            parts = [self._parameter(path, part, index) for index, part in enumerate(_parts(text))]
            self._parts[path] = {f"FILE_{i}_{index}": part.arn for index, part in enumerate(parts)}
            arns += [part.arn for part in parts]
        self._volumes = {f"files-{i}": directory for i, directory in enumerate(directories(args.files))}
        self.volumes: Sequence[str] = list(self._volumes)
        self.mount_points = [
            mount_point(volume, directory, read_only=True) for volume, directory in self._volumes.items()
        ]
        self.permission = Permission(actions=["ssm:GetParameters"], resources=arns)
        self.done()

    def writer(self, log_group: pulumi.Input[str], region: str) -> dict[str, Any]:
        """The container that writes the files and exits."""
        secrets = {env: arn for parts in self._parts.values() for env, arn in parts.items()}
        return {
            "name": WRITER,
            "image": self._args.image,
            "essential": False,
            "user": "0",
            "entryPoint": ["sh", "-euc"],
            "command": [self._script()],
            # The parameters keep their names; without the digest, a changed file would replace no task.
            "environment": [{"name": "DIGEST", "value": _digest(self._args.files)}],
            "secrets": [{"name": env, "valueFrom": secrets[env]} for env in sorted(secrets)],
            "readonlyRootFilesystem": True,
            "linuxParameters": {"capabilities": {"drop": ["ALL"]}},
            "mountPoints": [
                mount_point(volume, f"{_WRITER_ROOT}/{volume}", read_only=False) for volume in self._volumes
            ],
            "logConfiguration": log_configuration(WRITER, log_group, region),
        }

    def _script(self) -> str:
        lines = ["umask 022"]
        for path, parts in self._parts.items():
            target = self._target(path)
            lines.append(f"mkdir -p {shlex.quote(str(target.parent))}")
            joined = "".join(f"${{{env}}}" for env in parts)
            lines.append(f'printf %s "{joined}" | base64 -d > {shlex.quote(str(target))}')
        return "\n".join(lines)

    def _target(self, path: str) -> PurePosixPath:
        for volume, directory in self._volumes.items():
            if PurePosixPath(path).is_relative_to(directory):
                return PurePosixPath(_WRITER_ROOT, volume) / PurePosixPath(path).relative_to(directory)
        raise ValueError(f"no volume holds {path}")

    def _parameter(self, path: str, part: str, index: int) -> aws.ssm.Parameter:
        args = self._args
        return aws.ssm.Parameter(
            self.child_name(f"{logical_name(path)}-{index}"),
            name=physical_name("parameter", "config", args.stack, args.workload, path.strip("/"), str(index)),
            description=f"Part {index + 1} of {path} of {args.workload}, in base64",
            type="String",
            tier="Standard",
            # Plain text, so that a preview shows the change; secrets do not belong here.
            insecure_value=part,
            opts=self.child_opts(),
        )


def _parts(text: str) -> list[str]:
    encoded = base64.b64encode(text.encode()).decode()
    return [encoded[start : start + PART] for start in range(0, len(encoded), PART)]


def _digest(files: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
