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

__all__ = ["ExistingRepository", "ImageRepository", "Repository", "RepositoryArgs", "pull_permission"]

_UNTAGGED_DAYS = 7


class ImageRepository(Protocol):
    """An ECR repository of a service, created by this stack or existing."""

    @property
    def url(self) -> pulumi.Input[str]:
        """The URL that images are pushed to and pulled from."""
        ...

    @property
    def pull(self) -> Permission:
        """Permission to pull from exactly this repository."""
        ...


def pull_permission(arn: pulumi.Input[str]) -> Permission:
    """Permission to pull from exactly one repository."""
    actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    return Permission(actions=actions, resources=[arn])


class ExistingRepository:
    """An ECR repository that exists already. Nothing is created; its policy, tags and lifecycle stay as they are.

    If it belongs to another account, its repository policy must allow this account to pull.
    """

    def __init__(self, place: Place, account: Account) -> None:
        self.url = place.url
        self.pull = pull_permission(
            account.arn("ecr", f"repository/{place.name}", region=place.region, account_id=place.account)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryArgs:
    """Arguments of `Repository`."""

    settings: RepositorySettings
    """How many images it keeps, and whose key encrypts them."""
    repository_name: str
    """The name that people and pipelines push to."""
    key_arn: pulumi.Input[str]
    """The stack's key, which encrypts images by setting."""
    protect: bool
    """Whether to refuse deletion of the repository while it holds images."""


class Repository(Component):
    """An ECR repository.

    Creates: repository, lifecycle policy.
    Guarantees: tags are immutable; images are encrypted, by setting with the stack's key, and scanned on push;
    untagged images expire after a week.
    """

    def __init__(self, name: str, args: RepositoryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        repository = aws.ecr.Repository(
            self.child_name(),
            name=args.repository_name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            encryption_configurations=[_encryption(args)],
            force_delete=not args.protect,
            # Its name is given, so a replacement cannot exist at the same time.
            opts=self.child_opts(protect=args.protect, delete_before_replace=True),
        )
        aws.ecr.LifecyclePolicy(
            self.child_name("lifecycle"),
            repository=repository.name,
            policy=_lifecycle(args.settings.keep_images),
            opts=self.child_opts(),
        )
        self.url = repository.repository_url
        self.pull = pull_permission(repository.arn)
        self.done(url=self.url)


def _encryption(args: RepositoryArgs) -> aws.ecr.RepositoryEncryptionConfigurationArgs:
    if args.settings.encryption == "ecr":
        return aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="AES256")
    # Whoever pulls needs no permission on the key: ECR decrypts by a grant of its own.
    return aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=args.key_arn)


def _lifecycle(keep_images: int) -> str:
    rules = [
        {
            "rulePriority": 1,
            "description": f"expire untagged images after {_UNTAGGED_DAYS} days",
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
            "description": f"keep the newest {keep_images} images",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": keep_images},
            "action": {"type": "expire"},
        },
    ]
    return json.dumps({"rules": rules}, separators=(",", ":"))
