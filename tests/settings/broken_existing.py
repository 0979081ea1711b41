"""Broken stack files: a VPC, certificates and repositories that exist already."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN", "EXISTING", "existing"]

_API = "compute.services.api"
_AT = "networking.existing"
_OTHER_REGION = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shared/api"


def _subnet(number: int) -> str:
    return f"subnet-{number:017x}"


EXISTING: dict[str, Any] = {
    "vpc_id": "vpc-0a1b2c3d4e5f67890",
    "public_subnet_ids": [_subnet(1), _subnet(2)],
    "private_subnet_ids": [_subnet(3), _subnet(4)],
    "isolated_subnet_ids": [_subnet(5), _subnet(6)],
}
_CLOSED = {"egress": "aws-only", "existing": {"s3_prefix_list_id": "pl-63a5400a"}}


def existing(**changes: Any) -> dict[str, Any]:
    """The area `networking` of a stack in an existing VPC; `existing` adds to it, None takes a key out."""
    vpc = {**EXISTING, **changes.pop("existing", {})}
    return {
        "zones": ["us-east-1a", "us-east-1b"],
        "egress": "internet",
        "existing": {key: value for key, value in vpc.items() if value is not None},
        **changes,
    }


def _row(name: str, networking: dict[str, Any], key: str, reason: str, fix: str) -> Broken:
    return Broken(name, "networking", networking, f"networking.{key}", reason, fix)


BROKEN = [
    _row("a VPC's name", existing(existing={"vpc_id": "main"}), "existing.vpc_id", "is not a VPC id", "vpc-0a1b"),
    _row(
        "a subnet's ARN",
        existing(existing={"private_subnet_ids": ["arn:aws:ec2:us-east-1:1:subnet/subnet-1", _subnet(4)]}),
        "existing.private_subnet_ids[0]",
        "is not a subnet id",
        "subnet-0a1b",
    ),
    _row(
        "no private subnets",
        existing(existing={"private_subnet_ids": None}),
        "existing.private_subnet_ids",
        "is missing",
        "add it",
    ),
    _row(
        "one subnet for two zones",
        existing(existing={"private_subnet_ids": [_subnet(3)]}),
        "existing.private_subnet_ids",
        "has 1 entries for 2 zones",
        "one for each zone",
    ),
    _row(
        "three isolated subnets for two zones",
        existing(existing={"isolated_subnet_ids": [_subnet(5), _subnet(6), _subnet(7)]}),
        "existing.isolated_subnet_ids",
        "has 3 entries for 2 zones",
        "in the order of zones",
    ),
    _row(
        "a subnet twice in a tier",
        existing(existing={"private_subnet_ids": [_subnet(3), _subnet(3)]}),
        "existing.private_subnet_ids[1]",
        "is in private_subnet_ids already",
        "name another",
    ),
    _row(
        "a subnet in two tiers",
        existing(existing={"isolated_subnet_ids": [_subnet(5), _subnet(1)]}),
        "existing.isolated_subnet_ids[1]",
        "is in public_subnet_ids already",
        "name another",
    ),
    *(
        _row(f"{key} of an existing VPC", existing(**{key: value}), key, reason, "remove it, since existing is set")
        for key, value, reason in (
            ("cidr", "10.20.0.0/16", "is the size of a new VPC"),
            ("nat", "none", "`egress` says what its subnets reach"),
            (
                "subnets",
                {"public": [], "private": [], "isolated": []},
                "existing.private_subnet_ids",
            ),
            ("flow_logs", {"traffic": "REJECT"}, "the owner of the VPC"),
        )
    ),
    Broken(
        "a way out that nobody stated",
        "",
        {"networking": existing(), "networking.egress": DELETED},
        "networking.egress",
        "the routes of an existing VPC are not read",
        "write internet if",
    ),
    _row(
        "no S3 prefix list",
        existing(egress="aws-only"),
        "existing.s3_prefix_list_id",
        "images come through the S3 gateway",
        "describe-managed-prefix-lists",
    ),
    _row(
        "a prefix list for nothing",
        existing(existing={"s3_prefix_list_id": "pl-63a5400a"}),
        "existing.s3_prefix_list_id",
        "has no effect with egress: internet",
        "remove it",
    ),
    _row(
        "endpoints for nothing",
        existing(existing={"endpoints": {"services": ["logs"], "security_group_id": "sg-0a1b2c3d4e5f67890"}}),
        "existing.endpoints",
        "has no effect with egress: internet",
        "write aws-only",
    ),
    _row(
        "endpoints without a group",
        existing(existing={"endpoints": {"services": ["logs"]}}),
        "existing.endpoints.security_group_id",
        "is missing",
        "add it",
    ),
    _row(
        "a gateway among the endpoints",
        existing(existing={"endpoints": {"services": ["s3"], "security_group_id": "sg-0a1b2c3d4e5f67890"}}),
        "existing.endpoints.services",
        "names s3, which is a gateway endpoint",
        "remove it",
    ),
    _row(
        "the gateway of DynamoDB in a VPC of others",
        existing(endpoints=["dynamodb"]),
        "endpoints",
        "names dynamodb, a gateway endpoint, which belongs to the existing VPC",
        "add it there",
    ),
    _row(
        "the gateway of DynamoDB among the endpoints",
        existing(existing={"endpoints": {"services": ["dynamodb"], "security_group_id": "sg-0a1b2c3d4e5f67890"}}),
        "existing.endpoints.services",
        "names dynamodb, which is a gateway endpoint",
        "remove it",
    ),
    _row(
        "an endpoint made and existing",
        existing(
            egress="aws-only",
            endpoints=["logs"],
            existing={
                "s3_prefix_list_id": "pl-63a5400a",
                "endpoints": {"services": ["logs"], "security_group_id": "sg-0a1b2c3d4e5f67890"},
            },
        ),
        "endpoints",
        "names logs, which existing.endpoints has",
        "name it once",
    ),
    _row(
        "an internet-facing load balancer without public subnets",
        existing(existing={"public_subnet_ids": None}),
        "existing.public_subnet_ids",
        "the load balancer is internet-facing",
        "edge.load_balancer.scheme: internal",
    ),
    Broken(
        "a direct load balancer without public subnets",
        "",
        {"networking": existing(existing={"public_subnet_ids": None}), "edge.http_api": {"direct": True}},
        "networking.existing.public_subnet_ids",
        "is missing",
        "remove edge.http_api.direct",
    ),
    Broken(
        "a public image in an existing VPC that is closed",
        "networking",
        existing(**_CLOSED),
        f"{_API}.image",
        "which is not reachable with egress: aws-only",
        "write egress: internet if",
    ),
    Broken(
        "a certificate of another region",
        "edge.load_balancer",
        {"certificate": {"arn": _OTHER_REGION}},
        "edge.load_balancer.certificate.arn",
        "is a certificate of eu-west-1",
        "name one of us-east-1",
    ),
    Broken(
        "an API's certificate of another region",
        "edge.http_api",
        {"domain": {"name": "api.example.com", "zone": "Z123456789", "certificate_arn": _OTHER_REGION}},
        "edge.http_api.domain.certificate_arn",
        "is a certificate of eu-west-1",
        "name one of us-east-1",
    ),
    Broken(
        "a certificate by ARN behind an API",
        "",
        {
            "edge.http_api": {},
            "edge.load_balancer": {"certificate": {"arn": _OTHER_REGION.replace("eu-west-1", "us-east-1")}},
        },
        "edge.load_balancer.certificate.domain",
        "the HTTP API verifies this name",
        "is missing",
    ),
    *(
        Broken(
            f"{what} for a repository",
            "",
            {f"{_API}.image": DELETED, f"{_API}.tag": "1", f"{_API}.repository": {"existing": value}},
            f"{_API}.repository.existing",
            "is neither ARN nor URL",
            fix,
        )
        for what, value, fix in (
            ("a name", "shared/api", "without a tag"),
            ("an image", f"{_ECR}:1", f"did you mean {_ECR}?"),
            ("an address", f"https://{_ECR}", f"did you mean {_ECR}?"),
            ("a bucket", "arn:aws:s3:::shared", "without a tag"),
        )
    ),
    Broken(
        "images kept in somebody's repository",
        "",
        {f"{_API}.image": DELETED, f"{_API}.tag": "1", f"{_API}.repository": {"existing": _ECR, "keep_images": 9}},
        f"{_API}.repository.keep_images",
        "is decided by the owner of an existing repository",
        "remove it",
    ),
    Broken(
        "the key of somebody's repository",
        "",
        {
            f"{_API}.image": DELETED,
            f"{_API}.tag": "1",
            f"{_API}.repository": {"existing": _ECR, "encryption": "stack-key"},
        },
        f"{_API}.repository.encryption",
        "is decided by the owner of an existing repository",
        "remove it",
    ),
    Broken(
        "the latest of somebody's repository",
        "",
        {f"{_API}.image": DELETED, f"{_API}.tag": "latest", f"{_API}.repository": {"existing": _ECR}},
        f"{_API}.tag",
        "changes under a running service",
        "name a version",
    ),
    Broken(
        "a repository of another region without a way there",
        "",
        {
            "networking": existing(**_CLOSED),
            f"{_API}.image": DELETED,
            f"{_API}.tag": "1",
            f"{_API}.repository": {"existing": _ECR.replace("us-east-1", "eu-west-1")},
        },
        f"{_API}.repository.existing",
        "is in eu-west-1",
        "let ECR replicate it to us-east-1",
    ),
    Broken(
        "an internal load balancer in somebody's VPC that nobody may call",
        "",
        {"networking": existing(), "edge.load_balancer": {"scheme": "internal"}},
        "edge.load_balancer.allow_cidrs",
        "nobody could call the internal load balancer",
        "name those of its callers, such as [10.0.0.0/8]",
    ),
]
