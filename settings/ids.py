"""Ids of existing things on AWS or in Slack: each checks its form and says how to correct a wrong value."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.form import matches
from settings.regions import own_partition
from settings.suggestions import digits, repository

__all__ = [
    "AccountId",
    "Arn",
    "CertificateArn",
    "HostedZoneId",
    "PrefixListId",
    "RepositoryRef",
    "RoleArn",
    "SecurityGroupId",
    "SlackChannelId",
    "SlackWorkspaceId",
    "SubnetId",
    "UserPoolArn",
    "VpcId",
]

_HEX = r"([0-9a-f]{8}|[0-9a-f]{17})"
_ECR = r"(arn:aws:ecr:[a-z0-9-]+:\d{12}:repository/|\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/)"
_PART = r"[a-z0-9]+([._-]+[a-z0-9]+)*"

AccountId = Annotated[
    str,
    matches(
        r"\d{12}",
        'is not an AWS account; write its 12 digits in quotes, such as "123456789012"',
        in_schema=True,
        suggest=digits,
    ),
]
"""The id of an AWS account."""

VpcId = Annotated[str, matches(f"vpc-{_HEX}", "is not a VPC id; write one like vpc-0a1b2c3d4e5f67890")]
"""The id of a VPC."""

SubnetId = Annotated[str, matches(f"subnet-{_HEX}", "is not a subnet id; write one like subnet-0a1b2c3d4e5f67890")]
"""The id of a subnet."""

SecurityGroupId = Annotated[
    str, matches(f"sg-{_HEX}", "is not a security group id; write one like sg-0a1b2c3d4e5f67890")
]
"""The id of a security group."""

PrefixListId = Annotated[str, matches(f"pl-{_HEX}", "is not a prefix list id; write one like pl-63a5400a")]
"""The id of a managed prefix list."""

RepositoryRef = Annotated[
    str,
    AfterValidator(own_partition),
    matches(
        f"{_ECR}(?=.{{2,256}}$){_PART}(/{_PART})*",
        "is neither ARN nor URL of an ECR repository; write one like "
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/name, without https:// and without a tag",
        suggest=repository,
    ),
]
"""An ECR repository, by its ARN or by its URL without a tag."""

HostedZoneId = Annotated[
    str,
    matches(r"Z[A-Z0-9]{6,31}", "is not a Route 53 hosted zone id; it begins with Z and is in the zone's details"),
]
"""A Route 53 hosted zone id."""

Arn = Annotated[
    str,
    AfterValidator(own_partition),
    matches(r"arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:.+", "is not an ARN; an ARN begins with arn:aws:"),
]
"""An ARN."""

RoleArn = Annotated[
    str,
    matches(
        r"arn:aws[a-z-]*:iam::\d{12}:role/.+",
        "is not the ARN of an IAM role; write one like arn:aws:iam::123456789012:role/deploy",
    ),
]
"""The ARN of an IAM role."""

CertificateArn = Annotated[
    str,
    AfterValidator(own_partition),
    matches(
        r"arn:aws:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}",
        "is not an ACM certificate ARN; it looks like arn:aws:acm:us-east-1:123456789012:certificate/…",
    ),
]
"""The ARN of an ACM certificate."""

UserPoolArn = Annotated[
    str,
    AfterValidator(own_partition),
    matches(
        r"arn:aws:cognito-idp:[a-z0-9-]+:\d{12}:userpool/[\w-]+",
        "is not a user pool ARN; it looks like arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_…",
    ),
]
"""The ARN of a Cognito user pool."""

SlackWorkspaceId = Annotated[
    str,
    matches(
        r"T[A-Z0-9]{7,20}",
        "is not an id of a Slack workspace; it begins with T, and is in the address of Slack in a browser: "
        "app.slack.com/client/T…/C…",
    ),
]
"""The id of a Slack workspace."""

SlackChannelId = Annotated[
    str,
    matches(
        r"[CG][A-Z0-9]{7,20}",
        "is not an id of a Slack channel (nor its name); it begins with C or G, and is at the end of the channel's "
        "details",
    ),
]
"""The id of a Slack channel."""
