"""The image that a service runs: an external one, one from its own repository, or one that `up` builds."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pulumi
import pulumi_awsx as awsx

from components.aws import Account
from components.base import Component
from components.compute.repository import ExistingRepository, ImageRepository
from components.values import Permission
from settings.compute.image import Build, Place
from settings.compute.services import Service

__all__ = ["BuiltImage", "content_tag", "image_of", "pull_permissions"]

# The image in the first revision of a service that waits for its first image, and runs no task until then.
PLACEHOLDER = "public.ecr.aws/docker/library/busybox:1.37"
_IGNORED = {".git", ".venv", "__pycache__", "node_modules", ".pulumi"}
_ECR = re.compile(r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?P<name>[^:@]+)")


def content_tag(build: Build, root: Path, platform: str) -> str:
    """A tag computed from the image's sources. Tags are immutable, so a changed image needs a new one.

    The same files, Dockerfile, arguments, target and platform give the same tag. Paths of `build` are relative to
    `root`. Errors: pulumi.RunError where the context is not a folder.
    """
    context = root / build.context
    if not context.is_dir():
        raise pulumi.RunError(
            f"build.context: {build.context} is not a folder; name the folder that holds the Dockerfile"
        )
    digest = hashlib.sha256(repr((build.dockerfile, sorted(build.args.items()), build.target, platform)).encode())
    if build.dockerfile is not None:  # It may be outside of the context.
        _add(digest, root / build.dockerfile)
    for folder, folders, files in os.walk(context):
        folders[:] = sorted(name for name in folders if name not in _IGNORED)
        for name in sorted(files):
            path = Path(folder, name)
            digest.update(path.relative_to(context).as_posix().encode() + b"\0")
            _add(digest, path)
    return digest.hexdigest()[:20]


def _add(digest: hashlib._Hash, path: Path) -> None:
    """Add the file's content, and whether it is executable, which the image keeps."""
    if path.is_file():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(b"x" if path.stat().st_mode & 0o100 else b"-")


class BuiltImage(Component):
    """An image that `pulumi up` builds with Docker and pushes.

    Creates: `awsx:ecr:Image`, for the service's architecture.
    Guarantees: the service names the image by digest; a new tag only where the sources change.
    Errors: pulumi.RunError where the build context is not a folder.
    """

    def __init__(
        self, name: str, service: Service, repository: ImageRepository, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("compute", name, opts)
        build = service.build or Build()
        platform = "linux/arm64" if service.architecture == "arm64" else "linux/amd64"
        image = awsx.ecr.Image(
            self.child_name(),
            repository_url=repository.url,
            context=build.context,
            dockerfile=build.dockerfile,
            args=dict(sorted(build.args.items())) or None,
            target=build.target,
            image_tag=content_tag(build, Path(pulumi.get_root_directory()), platform),
            platform=platform,
            opts=self.child_opts(),
        )
        self.uri = image.image_uri
        self.done(uri=self.uri)


def image_of(service: Service, repository: ImageRepository | None, built: BuiltImage | None) -> pulumi.Input[str]:
    """The image that the service's container names."""
    if built is not None:
        return built.uri
    if service.tag is not None and repository is not None:
        return pulumi.Output.concat(repository.url, ":", service.tag)
    return PLACEHOLDER if service.pending or service.image is None else service.image


def pull_permissions(image: str | None, repository: ImageRepository | None, account: Account) -> list[Permission]:
    """What the execution role needs to pull: nothing for a public image, else access to exactly its repository."""
    token = Permission(actions=["ecr:GetAuthorizationToken"], resources=["*"], reason="the action has no resource type")
    if repository is not None:
        return [token, repository.pull]
    match = _ECR.match(image or "")
    if match is None:
        return []
    place = Place(match["account"], match["region"], match["name"])
    return [token, ExistingRepository(place, account).pull]
