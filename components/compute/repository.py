"""ECR repositories."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.values import Permission
from settings.compute.image import Place
from settings.compute.image import Repository as RepositorySettings

__all__ = ["ExistingRepository", "ImageRepository", "Repository", "RepositoryArgs", "pull_from"]

_UNTAGGED_DAYS = 7


class ImageRepository(Protocol):
    """Where a service's images are, whoever made it."""

    @property
    def url(self) -> pulumi.Input[str]:
        """What images are pulled and pushed by."""
        ...

    @property
    def pull(self) -> Permission:
        """What it takes to pull from exactly this repository."""
        ...


def pull_from(arn: pulumi.Input[str]) -> Permission:
    """What it takes to pull from exactly one repository."""
    actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    return Permission(actions=actions, resources=[arn])


class ExistingRepository:
    """An ECR repository that exists already; nothing is made, and its own policy, tags and lifecycle stay as they are.

    One of another account must admit this one in its repository policy.
    """

    def __init__(self, place: Place, account: Account) -> None:
        self.url = place.url
        self.pull = pull_from(
            account.arn("ecr", f"repository/{place.name}", region=place.region, account_id=place.account)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryArgs:
    """Arguments of `Repository`."""

    settings: RepositorySettings
    """How many images are kept."""
    repository_name: str
    """The name that people and pipelines push to."""
    protect: bool
    """Refuse to delete the repository while it holds images."""


class Repository(Component):
    """An ECR repository.

    Creates: repository and lifecycle policy.
    Guarantees: a tag never changes its image; images are scanned on push and encrypted; untagged ones go after a week.
    """

    def __init__(self, name: str, args: RepositoryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        repository = aws.ecr.Repository(
            self.child_name(),
            name=args.repository_name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            encryption_configurations=[aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="AES256")],
            force_delete=not args.protect,
            opts=self.child_opts(protect=args.protect),
        )
        aws.ecr.LifecyclePolicy(
            self.child_name("lifecycle"),
            repository=repository.name,
            policy=_lifecycle(args.settings.keep_images),
            opts=self.child_opts(),
        )
        self.url = repository.repository_url
        self.pull = pull_from(repository.arn)
        self.done(url=self.url)


def _lifecycle(keep_images: int) -> str:
    rules = [
        {
            "rulePriority": 1,
            "description": f"untagged images go after {_UNTAGGED_DAYS} days",
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": _UNTAGGED_DAYS,
            },
            "action": {"type": "expire"},
        },
        {
            "rulePriority": 2,
            "description": f"the newest {keep_images} images stay",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": keep_images},
            "action": {"type": "expire"},
        },
    ]
    return json.dumps({"rules": rules}, separators=(",", ":"))
