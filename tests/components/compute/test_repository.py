"""ECR repositories: immutable tags, scans, and images that expire."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest
from pydantic import ValidationError

from components.compute.repository import ExistingRepository, Repository, RepositoryArgs
from preview.plan import Plan
from settings.compute import image
from tests.accounts import account
from tests.recording import children, one, record

REPOSITORY = "aws:ecr/repository:Repository"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"


def repository_plan(*, protect: bool = True, **settings_: Any) -> Plan:
    def program() -> None:
        settings = image.Repository(**settings_)
        component = Repository(
            "api-repository",
            RepositoryArgs(settings=settings, repository_name="test-api", key_arn=KEY, protect=protect),
        )
        pulumi.export("url", component.url)
        pulumi.export("pull", [list(component.pull.actions), list(component.pull.resources)])

    return record(program)


def test_guarantees() -> None:
    for phase in repository_plan().phases.values():
        assert children(phase) == [(LIFECYCLE, "api-repository-lifecycle"), (REPOSITORY, "api-repository")]
        assert one(phase, REPOSITORY).inputs == {
            "name": "test-api",
            "imageTagMutability": "IMMUTABLE",
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "AES256"}],
            "forceDelete": False,
        }


@pytest.mark.parametrize("protect", [True, False])
def test_images_go_with_the_repository_only_where_it_is_unprotected(protect: bool) -> None:
    repository = one(repository_plan(protect=protect).phases["preview"], REPOSITORY)
    assert (repository.inputs["forceDelete"], repository.protect) == (not protect, protect)


def test_images_with_the_stack_s_key_by_setting() -> None:
    for phase in repository_plan(encryption="stack-key").phases.values():
        encryption = one(phase, REPOSITORY).inputs["encryptionConfigurations"]
        assert encryption == [{"encryptionType": "KMS", "kmsKey": KEY}]


def test_lifecycle() -> None:
    phase = repository_plan(keep_images=7).phases["deployed"]
    lifecycle = one(phase, LIFECYCLE).inputs
    assert lifecycle["repository"] == "test-api"
    untagged, tagged = json.loads(lifecycle["policy"])["rules"]
    assert untagged["selection"] == {
        "tagStatus": "untagged",
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": 7,
    }
    assert tagged["selection"] == {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 7}
    # ECR requires `any` to have the highest number.
    assert untagged["rulePriority"] < tagged["rulePriority"]
    assert {rule["action"]["type"] for rule in (untagged, tagged)} == {"expire"}


def test_pulling_needs_exactly_this_repository() -> None:
    phase = repository_plan().phases["deployed"]
    arn = one(phase, REPOSITORY).outputs["arn"]
    assert phase.outputs["pull"] == [
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        [arn],
    ]
    assert phase.outputs["url"] == one(phase, REPOSITORY).outputs["repositoryUrl"]


@pytest.mark.parametrize(
    "reference",
    [
        "999999999999.dkr.ecr.eu-west-1.amazonaws.com/shared/api",
        "arn:aws:ecr:eu-west-1:999999999999:repository/shared/api",
    ],
)
def test_an_existing_repository_is_neither_created_nor_changed(reference: str) -> None:
    place = image.Repository(existing=reference).place
    assert place is not None

    def program() -> None:
        component = ExistingRepository(place, account())
        pulumi.export("url", component.url)
        pulumi.export("pull", [list(component.pull.actions), list(component.pull.resources)])

    for phase in record(program).phases.values():
        assert children(phase) == []
        assert phase.outputs["url"] == "999999999999.dkr.ecr.eu-west-1.amazonaws.com/shared/api"
        assert phase.outputs["pull"] == [
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            ["arn:aws:ecr:eu-west-1:999999999999:repository/shared/api"],
        ]


@pytest.mark.parametrize(
    "reference",
    [
        "arn:aws-cn:ecr:cn-north-1:999999999999:repository/api",
        "999999999999.dkr.ecr.cn-north-1.amazonaws.com.cn/api",
    ],
)
def test_a_repository_in_china_is_out_of_reach(reference: str) -> None:
    with pytest.raises(ValidationError, match="is in the partition aws-cn, which a stack in aws cannot reach"):
        image.Repository(existing=reference)
