"""Outputs with a form of their own, by type and property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from preview import fake_texts
from preview.fakes import Fake, digest
from preview.ids import ACCOUNT, alphanumeric, uuid

__all__ = ["OVERRIDES"]


def _master_secret(fake: Fake) -> list[dict[str, str]]:
    if not fake.inputs.get("manageMasterUserPassword"):
        return []
    arn = f"arn:aws:secretsmanager:{fake.region}:{ACCOUNT}:secret:rds!{fake.id.lower()}-{fake.hash[:6]}"
    key = fake.inputs.get("masterUserSecretKmsKeyId") or fake_texts.arn("kmsKeyArn", fake.hash, fake.region)
    return [{"secretArn": arn, "secretStatus": "active", "kmsKeyId": str(key)}]


def _db_address(fake: Fake) -> str:
    return f"{fake.name}.c{fake.hash[:11]}.{fake.region}.rds.amazonaws.com"


def _serverless_address(fake: Fake) -> str:
    return f"{fake.name}-{fake.hash[:6]}.serverless.use1.cache.amazonaws.com"


def _delivery_kind(fake: Fake) -> str:
    configuration = fake.inputs.get("deliveryDestinationConfiguration")
    arn = str(configuration.get("destinationResourceArn", "")) if isinstance(configuration, dict) else ""
    return {"firehose": "FH", "logs": "CWL"}.get(arn.split(":")[2] if arn.count(":") > 2 else "", "S3")


def _vectors_arn(fake: Fake) -> str:
    bucket = f"arn:aws:s3vectors:{fake.region}:{ACCOUNT}:bucket/{fake.inputs.get('vectorBucketName', fake.name)}"
    return f"{bucket}/index/{fake.name}" if fake.token == "aws:s3/vectorsIndex:VectorsIndex" else bucket


def _unique_id(prefix: str) -> Callable[[Fake], str]:
    return lambda fake: f"{prefix}{alphanumeric(fake.hash, 17).upper()}"


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
    "awsx:ecr:Image": {"imageUri": lambda m: f"{m.inputs.get('repositoryUrl')}@sha256:{m.hash}"},
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
        "subjectAlternativeNames": lambda m: [m.name],
        "domainValidationOptions": lambda m: [
            {
                "domainName": domain,
                "resourceRecordName": f"_{digest(domain)[:32]}.{domain.removeprefix('*.')}.",
                "resourceRecordType": "CNAME",
                "resourceRecordValue": f"_{digest(domain, 'value')[:32]}.acm-validations.aws.",
            }
            for domain in (m.inputs["domainName"], *m.inputs.get("subjectAlternativeNames", ()))
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        "domainName": lambda m: f"d{m.hash[:13]}.cloudfront.net",
        "hostedZoneId": lambda m: "Z2FDTNDATAQYW2",
    },
    "aws:lb/targetGroup:TargetGroup": {"arnSuffix": lambda m: m.arn.split(":")[-1]},
    "aws:bedrock/agentDataSource:AgentDataSource": {"dataSourceId": lambda m: m.id.partition(",")[0]},
    "aws:bedrock/guardrail:Guardrail": {"guardrailArn": lambda m: m.arn, "guardrailId": lambda m: m.id},
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {"chatConfigurationArn": lambda m: m.arn},
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {"deliveryDestinationType": _delivery_kind},
    "aws:cognito/userPoolClient:UserPoolClient": {"clientSecret": lambda m: alphanumeric(m.hash, 48)},
    "aws:iam/instanceProfile:InstanceProfile": {"uniqueId": _unique_id("AIPA")},
    "aws:iam/policy:Policy": {"policyId": _unique_id("ANPA")},
    "aws:iam/role:Role": {"uniqueId": _unique_id("AROA")},
    "aws:s3/vectorsIndex:VectorsIndex": {"indexArn": _vectors_arn},
    "aws:s3/vectorsVectorBucket:VectorsVectorBucket": {"vectorBucketArn": _vectors_arn},
    "aws:secretsmanager/secretVersion:SecretVersion": {"versionId": lambda m: m.id.rpartition("|")[2]},
    "aws:wafv2/ipSet:IpSet": {"lockToken": lambda m: uuid(m.hash)},
    "aws:wafv2/webAcl:WebAcl": {"lockToken": lambda m: uuid(m.hash)},
    "aws:ecs/taskDefinition:TaskDefinition": {
        "revision": lambda m: 1,
        "arnWithoutRevision": lambda m: m.arn.rpartition(":")[0],
    },
}
