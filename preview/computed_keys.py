"""What a provider computes within an object that is otherwise an input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from preview.fakes import digest

__all__ = ["COMPUTED_KEYS"]

COMPUTED_KEYS: dict[str, dict[str, dict[str, Callable[[str, str], Any]]]] = {
    "aws:amplify/domainAssociation:DomainAssociation": {
        "subDomains": {
            "dnsRecord": lambda urn, region: f" CNAME d{digest(urn)[:13]}.cloudfront.net",
            "verified": lambda urn, region: True,
        }
    },
    "aws:apigatewayv2/domainName:DomainName": {
        "domainNameConfiguration": {
            "targetDomainName": lambda urn, region: f"d-{digest(urn)[:10]}.execute-api.{region}.amazonaws.com",
            "hostedZoneId": lambda urn, region: "Z1UJRXOUMOOFQ8",
        }
    },
    # terraform-provider-aws, internal/service/eks/cluster.go: Computed, without Optional.
    "aws:eks/cluster:Cluster": {
        "vpcConfig": {
            "clusterSecurityGroupId": lambda urn, region: f"sg-{digest(urn, 'group')[:17]}",
            "vpcId": lambda urn, region: f"vpc-{digest(urn, 'vpc')[:17]}",
        },
    },
}
"""Type -> input property -> key -> its value, made of the URN and the region."""
