"""Resource type -> the AWS operation that creates it."""

from __future__ import annotations

from tests.aws_models.operation import Operation
from tests.aws_models.table import ai, compute, data, edge, eks, identity, network, observability, storage

__all__ = ["OPERATIONS", "UNCOVERED"]

OPERATIONS: dict[str, Operation] = {
    **network.OPERATIONS,
    **compute.OPERATIONS,
    **edge.OPERATIONS,
    **identity.OPERATIONS,
    **observability.OPERATIONS,
    **data.OPERATIONS,
    **storage.OPERATIONS,
    **eks.OPERATIONS,
    **ai.OPERATIONS,
}

UNCOVERED: dict[str, str] = {
    "aws:acm/certificateValidation:CertificateValidation": "waits for a certificate; no operation creates anything",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "adopts what AWS made with the VPC",
    "awsx:ecr:Image": "Docker builds it",
    "docker-build:index:Image": "Docker builds it",
    "random:index/randomId:RandomId": "of no API",
    "random:index/randomPassword:RandomPassword": "of no API",
    "random:index/randomString:RandomString": "of no API",
}
"""Types that no operation stands behind, and why."""
