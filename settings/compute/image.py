"""Where a service's image comes from."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from settings.ids import RepositoryRef
from settings.model import Fault, Model, refuse
from settings.regions import DNS_SUFFIX, own_partition

__all__ = ["Build", "Place", "Repository", "architecture_fault", "named_architecture", "tag_fault"]


class Build(Model):
    """An image that `pulumi up` builds with Docker and pushes to the service's repository."""

    context: str = "."
    """Folder of the build context, such as `app`. Write a `.dockerignore` there: whatever Docker is sent counts, and a
    change of `.git` or of a cache would make and deploy a new image."""
    dockerfile: str | None = None
    """Path of the Dockerfile from the root, such as `docker/api.Dockerfile`; by default the context's `Dockerfile`."""
    args: dict[str, str] = {}
    """Build arguments, such as `{PYTHON: "3.14"}`; the image's history keeps them, and what looks like a secret is
    refused."""
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


_ARCHITECTURES = {
    "x86_64": ("amd64", "x86_64", "x86-64", "x64"),
    "arm64": ("arm64", "arm64v8", "aarch64"),
}
_SUFFIX = re.compile(r"(?:^|.*[-_.])(amd64|x86[-_]64|x64|arm64(?:v8)?|aarch64)")


def named_architecture(text: str) -> str | None:
    """The architecture that a tag, or a part of an image's path, ends with: x86_64 for `1.29-amd64`."""
    found = _SUFFIX.fullmatch(text)
    return next((name for name, words in _ARCHITECTURES.items() if found and found[1] in words), None)


def architecture_fault(image: str, architecture: str) -> str | None:
    """Why an image, or a tag alone, cannot run on `architecture`, or None.

    The tag ends with the name of another one, or a folder of its path is called so, as those of Docker Hub are
    (amd64/nginx).
    """
    *folders, last = image.partition("@")[0].split("/")
    tag = last.partition(":")[2] if ":" in last or folders or "@" in image else last
    named = named_architecture(tag) or next(
        (name for name, words in _ARCHITECTURES.items() if any(folder in words for folder in folders)), None
    )
    if named is None or named == architecture:
        return None
    return f"{image} is for {named}, and architecture is {architecture}, on which it does not start; change one"
