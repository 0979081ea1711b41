"""Where a service's image comes from."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from settings.ids import RepositoryRef
from settings.model import Fault, Model, refuse
from settings.regions import DNS_SUFFIX, own_partition

__all__ = ["Build", "Place", "Repository", "tag_fault"]


class Build(Model):
    """An image that `pulumi up` builds with Docker and pushes to the service's repository."""

    context: str = "."
    """Folder of the build context, such as `app`. Write a `.dockerignore` there: whatever Docker is sent counts, and a
    change of `.git` or of a cache would make and deploy a new image."""
    dockerfile: str | None = None
    """Path of the Dockerfile from the root, such as `docker/api.Dockerfile`; by default the context's `Dockerfile`."""
    args: dict[str, str] = {}
    """Build arguments; never secrets."""
    target: str | None = None
    """Stage to build, such as `runtime`."""


class Place(NamedTuple):
    """Where an ECR repository is."""

    account: str
    region: str
    name: str

    @property
    def url(self) -> str:
        """The repository's URL."""
        return f"{self.account}.dkr.ecr.{self.region}.{DNS_SUFFIX}/{self.name}"


class Repository(Model):
    """An ECR repository: immutable tags, scanned on push, encrypted; or one that exists already."""

    existing: RepositoryRef | None = None
    """ARN or URL of a repository that exists, also one of another account or region; then none is created, and `tag`,
    `build` and outputs refer to it."""
    keep_images: Annotated[int, Field(ge=1, le=10000)] = 50
    """Tagged images to keep; about 0.10 USD a GB and month."""
    encryption: Literal["ecr", "stack-key"] = "ecr"
    """Whose key encrypts the images: ECR's own (AES-256), or the stack's KMS key. A change replaces the repository, and
    its images are gone: choose before the first image."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.existing is not None:
            refuse(
                Fault(key, "is decided by the owner of an existing repository; remove it")
                for key in ("keep_images", "encryption")
                if key in self.model_fields_set
            )
        return self

    @property
    def place(self) -> Place | None:
        """Where the existing repository is."""
        if self.existing is None:
            return None
        if self.existing.startswith("arn:"):
            _, _, _, region, account, resource = self.existing.split(":")
            return Place(account, region, resource.removeprefix("repository/"))
        host, _, name = self.existing.partition("/")
        account, _, _, region, *_ = host.split(".")
        return Place(account, region, name)


def tag_fault(image: str) -> str | None:
    """Why the reference `image` is refused, or None: what it names must not change under a running service."""
    if image == "pending":
        return None
    try:
        own_partition(image)
    except ValueError as error:
        return f"{image!r} {error}"
    if ":" not in image.rpartition("/")[2]:
        return f"{image!r} has no tag, which means latest; name a tag or a digest"
    if image.endswith(":latest"):
        return "the tag latest changes under a running service; name a version or a digest"
    return None
