"""Ids and addresses of what exists already on AWS: each knows its form and says how to mend a wrong value."""

from __future__ import annotations

from typing import Annotated

from settings.form import matches

__all__ = ["PrefixListId", "RepositoryRef", "SecurityGroupId", "SubnetId", "VpcId"]

_HEX = r"([0-9a-f]{8}|[0-9a-f]{17})"
_ECR = r"(arn:aws[a-z-]*:ecr:[a-z0-9-]+:\d{12}:repository/|\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/)"
_PART = r"[a-z0-9]+([._-]+[a-z0-9]+)*"

VpcId = Annotated[str, matches(f"vpc-{_HEX}", "is no VPC id; write one like vpc-0a1b2c3d4e5f67890")]
"""The id of a VPC."""

SubnetId = Annotated[str, matches(f"subnet-{_HEX}", "is no subnet id; write one like subnet-0a1b2c3d4e5f67890")]
"""The id of a subnet."""

SecurityGroupId = Annotated[str, matches(f"sg-{_HEX}", "is no security group id; write one like sg-0a1b2c3d4e5f67890")]
"""The id of a security group."""

PrefixListId = Annotated[str, matches(f"pl-{_HEX}", "is no prefix list id; write one like pl-63a5400a")]
"""The id of a managed prefix list."""

RepositoryRef = Annotated[
    str,
    matches(
        f"{_ECR}(?=.{{2,256}}$){_PART}(/{_PART})*",
        "is neither ARN nor URL of an ECR repository; write one like "
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/name, without https:// and without a tag",
    ),
]
"""An ECR repository, by its ARN or by its URL without a tag."""
