"""Where a service's image comes from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from settings.model import Model

__all__ = ["Build", "Repository", "tag_fault"]


class Build(Model):
    """An image that `pulumi up` builds with Docker and pushes to the service's repository."""

    context: str = "."
    """Folder of the build context."""
    dockerfile: str | None = None
    """Path of the Dockerfile, by default in the context."""
    args: dict[str, str] = {}
    """Build arguments; never secrets."""
    target: str | None = None
    """Stage to build."""


class Repository(Model):
    """An ECR repository: immutable tags, scanned on push, encrypted."""

    keep_images: Annotated[int, Field(ge=1, le=10000)] = 50
    """Tagged images to keep; about 0.10 USD a GB and month."""


def tag_fault(image: str) -> str | None:
    """Why the reference `image` is refused, or None: what it names must not change under a running service."""
    if image == "pending":
        return None
    if ":" not in image.rpartition("/")[2]:
        return f"{image!r} has no tag, which means latest; name a tag or a digest"
    if image.endswith(":latest"):
        return "the tag latest changes under a running service; name a version or a digest"
    return None
