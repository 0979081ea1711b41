"""Outputs with a form of their own, by type and property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from preview import arns
from preview.fakes import ACCOUNT, Fake, digest

__all__ = ["COMPUTED_KEYS", "OVERRIDES"]


def _master_secret(fake: Fake) -> list[dict[str, str]]:
    if not fake.inputs.get("manageMasterUserPassword"):
        return []
    arn = f"arn:aws:secretsmanager:{fake.region}:{ACCOUNT}:secret:rds!{fake.id.lower()}-{fake.hash[:6]}"
    key = fake.inputs.get("masterUserSecretKmsKeyId") or arns.generic("kmsKeyArn", fake.hash[:12], fake.region)
    return [{"secretArn": arn, "secretStatus": "active", "kmsKeyId": str(key)}]


def _db_address(fake: Fake) -> str:
    return f"{fake.name}.c{fake.hash[:11]}.{fake.region}.rds.amazonaws.com"


def _serverless_address(fake: Fake) -> str:
    return f"{fake.name}-{fake.hash[:6]}.serverless.use1.cache.amazonaws.com"


OVERRIDES: dict[str, dict[str, Callable[[Fake], Any]]] = {
    "aws:rds/instance:Instance": {
        "masterUserSecrets": _master_secret,
        "address": _db_address,
        "endpoint": lambda m: f"{_db_address(m)}:{m.inputs.get('port', 5432)}",
        "port": lambda m: m.inputs.get("port", 5432),
        "resourceId": lambda m: m.id,
        "engineVersionActual": lambda m: str(m.inputs.get("engineVersion", "16")),
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "primaryEndpointAddress": lambda m: f"master.{m.name}.{m.hash[:6]}.use1.cache.amazonaws.com",
        "memberClusters": lambda m: [f"{m.name}-{i + 1:03}" for i in range(int(m.inputs.get("numCacheClusters", 1)))],
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        "endpoints": lambda m: [{"address": _serverless_address(m), "port": 6379}],
        "readerEndpoints": lambda m: [{"address": _serverless_address(m), "port": 6380}],
        "fullEngineVersion": lambda m: f"{m.inputs.get('majorEngineVersion', '8')}.0",
    },
    "aws:sqs/queue:Queue": {"url": lambda m: m.id},
    "aws:amplify/app:App": {"defaultDomain": lambda m: f"{m.id}.amplifyapp.com"},
    "aws:amplify/domainAssociation:DomainAssociation": {
        "certificateVerificationDnsRecord": lambda m: (
            f"_{m.hash[:32]}.{m.name}. CNAME _{m.hash[32:]}.acm-validations.aws."
        ),
    },
    "aws:ec2/eip:Eip": {
        "publicIp": lambda m: f"203.0.113.{int(m.hash[:2], 16) % 254 + 1}",
        "allocationId": lambda m: m.id,
    },
    "aws:ec2/vpc:Vpc": {
        "mainRouteTableId": lambda m: f"rtb-{m.hash[:17]}",
        "defaultSecurityGroupId": lambda m: f"sg-{m.hash[:17]}",
    },
    "aws:kms/key:Key": {"keyId": lambda m: m.id},
    "aws:ecr/repository:Repository": {
        "repositoryUrl": lambda m: f"{ACCOUNT}.dkr.ecr.{m.region}.amazonaws.com/{m.name}"
    },
    "awsx:ecr:Image": {"imageUri": lambda m: f"{ACCOUNT}.dkr.ecr.{m.region}.amazonaws.com/image@sha256:{m.hash}"},
    "aws:apigatewayv2/api:Api": {
        "apiEndpoint": lambda m: f"https://{m.id}.execute-api.{m.region}.amazonaws.com",
        "executionArn": lambda m: f"arn:aws:execute-api:{m.region}:{ACCOUNT}:{m.id}",
    },
    "aws:apigatewayv2/stage:Stage": {
        "invokeUrl": lambda m: f"https://{m.inputs.get('apiId')}.execute-api.{m.region}.amazonaws.com/"
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        "dnsName": lambda m: (
            f"{'internal-' if m.inputs.get('internal') else ''}{m.name}-"
            f"{int(m.hash[:8], 16)}.{m.region}.elb.amazonaws.com"
        ),
        "arnSuffix": lambda m: m.arn.split("loadbalancer/")[-1],
        "zoneId": lambda m: "Z35SXDOTRQ7X7K",
    },
    "aws:acm/certificate:Certificate": {
        "domainValidationOptions": lambda m: [
            {
                "domainName": domain,
                "resourceRecordName": f"_{digest(domain)[:32]}.{domain.removeprefix('*.')}.",
                "resourceRecordType": "CNAME",
                "resourceRecordValue": f"_{digest(domain, 'value')[:32]}.acm-validations.aws.",
            }
            for domain in (m.inputs["domainName"], *m.inputs.get("subjectAlternativeNames", ()))
        ]
    },
    "aws:cloudfront/distribution:Distribution": {
        "domainName": lambda m: f"d{m.hash[:13]}.cloudfront.net",
        "hostedZoneId": lambda m: "Z2FDTNDATAQYW2",
    },
    "aws:lb/targetGroup:TargetGroup": {"arnSuffix": lambda m: m.arn.split(":")[-1]},
    "aws:ecs/taskDefinition:TaskDefinition": {
        "revision": lambda m: 1,
        "arnWithoutRevision": lambda m: m.arn.rpartition(":")[0],
    },
}

# What a provider adds inside a property that is otherwise an input: token -> property -> key -> value.
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
}
