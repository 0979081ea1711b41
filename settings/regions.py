"""AWS regions, and the partition that the platform runs in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from settings.names import nearest

__all__ = [
    "DNS_SUFFIX",
    "ECS_BY_ENDPOINT",
    "PARTITION",
    "REGIONS",
    "Region",
    "own_partition",
    "partition_of",
    "zone_letters",
]

PARTITION, DNS_SUFFIX = "aws", "amazonaws.com"
"""The partition that stacks run in, and its domain; no other has been tested."""

REGIONS = (
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
"""The regions of that partition."""

ECS_BY_ENDPOINT = frozenset(
    {"ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "mx-central-1"}
)
"""Regions since December 2023, where a task without internet access reaches ECS through endpoints only (ECS Developer
Guide, "Amazon ECS interface VPC endpoints")."""

_OTHER_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "us-isof-": "aws-iso-f",
    "eu-isoe-": "aws-iso-e",
    "eusc-": "aws-eusc",
}


def partition_of(region: str) -> str:
    """The partition that a region belongs to, by the beginning of its name."""
    return next((name for prefix, name in _OTHER_PARTITIONS.items() if region.startswith(prefix)), PARTITION)


_ELSEWHERE = re.compile(r"arn:(aws-[a-z-]+):|[^/]*\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\.cn/")


def own_partition(value: str) -> str:
    """An ARN or an image of the partition that the platform runs in: what is in another one is out of its reach."""
    match = _ELSEWHERE.match(value)
    if match is not None:
        partition = match[1] or partition_of(match[2])
        raise ValueError(
            f"is in the partition {partition}, which a stack in {PARTITION} cannot reach; name one of {PARTITION}"
        )
    return value


def _region(value: str) -> str:
    partition = partition_of(value)
    if partition != PARTITION:
        raise ValueError(
            f"is in the partition {partition}, which is not supported: the ARNs, service principals and domains are "
            f"those of {PARTITION}; choose a region of {PARTITION}, such as us-east-1"
        )
    if value in REGIONS:
        return value
    guess = nearest(value, REGIONS)
    fix = f"did you mean {guess}?" if guess else "write one like us-east-1"
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", value):
        raise ValueError(f"is not a region; {fix}")
    raise ValueError(f"is not a region; {fix} (one newer than this program: add it to settings/regions.py)")


def zone_letters(region: str) -> str:
    """The letters that the names of a region's availability zones may end with.

    A region has three or four, us-east-1 six; which of them an account sees differs.
    """
    return "abcdef" if region == "us-east-1" else "abcd"


Region = Annotated[str, AfterValidator(_region)]
"""A region of the partition that the platform runs in."""
