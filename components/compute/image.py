"""The image that a service runs: an external one, one from its own repository, or one that `up` builds."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_awsx as awsx

from components.aws import Account
from components.base import Component
from components.compute.build_context import context_files, dockerfile_of
from components.compute.repository import ExistingRepository, ImageRepository
from components.values import Permission
from settings.compute.image import Build, Place
from settings.compute.services import Service
from settings.repository_paths import inside

__all__ = ["BuiltImage", "BuiltImageArgs", "content_tag", "image_of", "pull_permissions"]

# The image in the first revision of a service that waits for its first image, and runs no task until then.
PLACEHOLDER = "public.ecr.aws/docker/library/busybox:1.37"
_ECR = re.compile(r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?P<name>[^:@]+)")


def content_tag(service: str, build: Build, root: Path, platform: str) -> str:
    """The tag of a service's image, computed from all that docker-build builds it from.

    Tags are immutable, so whatever makes docker-build build again must make a new one, and nothing else may: files
    and links that Docker sends, with their permissions, the Dockerfile, and the arguments of the build. Equal tags of
    two services would be one resource. Paths of `build` are relative to `root`.
    Errors: pulumi.RunError where the context is not a folder of the repository, or is more than is read.
    """
    try:
        return f"{service}-{_digest(build, root, platform)[:20]}"
    except ValueError as error:
        raise pulumi.RunError(f"compute.services.{service}.build.context: {error}") from None


def _digest(build: Build, root: Path, platform: str) -> str:
    if not inside(build.context, root).is_dir():
        raise ValueError(f"{build.context} is not a folder; name the folder that holds the Dockerfile")
    digest = hashlib.sha256(
        repr((build.context, build.dockerfile, sorted(build.args.items()), build.target, platform)).encode()
    )
    _add(digest, dockerfile_of(build, root))  # It may be outside of the context, and Docker reads one that is ignored.
    for path, entry in context_files(build, root):
        mode = entry.stat(follow_symlinks=False).st_mode
        digest.update(f"{path}\0{stat.filemode(mode)}\0".encode())
        if entry.is_symlink():
            digest.update(str(Path(entry.path).readlink()).encode())
        _add(digest, Path(entry.path))
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    """Add the content of a file, or of what a link leads to, as docker-build does."""
    if path.is_file():
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltImageArgs:
    """Arguments of `BuiltImage`."""

    service: str
    """The service's name, with which the image's tag begins."""
    settings: Service
    """Its settings."""
    repository: ImageRepository
    """Where the image is pushed to."""


class BuiltImage(Component):
    """An image that `pulumi up` builds with Docker and pushes.

    Creates: `awsx:ecr:Image`, for the service's architecture.
    Guarantees: the service names the image by digest; a new tag only where what it is built from changes; earlier
    images stay in the repository, for a rollback and for tasks that start again.
    Errors: pulumi.RunError where the build context is not a folder.
    """

    def __init__(self, name: str, args: BuiltImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        build = args.settings.build or Build()
        platform = "linux/arm64" if args.settings.architecture == "arm64" else "linux/amd64"
        image = awsx.ecr.Image(
            self.child_name(),
            repository_url=args.repository.url,
            context=build.context,
            dockerfile=build.dockerfile,
            args=dict(sorted(build.args.items())) or None,
            target=build.target,
            image_tag=content_tag(args.service, build, Path(pulumi.get_root_directory()), platform),
            platform=platform,
            # docker-build's resource has the tag as its name and inherits this: without it, each new image would
            # delete the one before from the repository.
            opts=self.child_opts(retain_on_delete=True),
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
