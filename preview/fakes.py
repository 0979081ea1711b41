"""Makes up the outputs of one resource: stable, of the right shape, and of no account."""

from __future__ import annotations

import hashlib
import re
import typing
from collections.abc import Sequence
from typing import Any

from pulumi import _types

from preview import arns
from preview.schema import OutputType

__all__ = ["ACCOUNT", "Fake", "digest"]

ACCOUNT = arns.ACCOUNT

_IDS = {
    "aws:ec2/vpc:Vpc": "vpc-",
    "aws:ec2/subnet:Subnet": "subnet-",
    "aws:ec2/internetGateway:InternetGateway": "igw-",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw-",
    "aws:ec2/natGateway:NatGateway": "nat-",
    "aws:ec2/eip:Eip": "eipalloc-",
    "aws:ec2/routeTable:RouteTable": "rtb-",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc-",
    "aws:ec2/securityGroup:SecurityGroup": "sg-",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg-",
    "aws:ec2/networkAcl:NetworkAcl": "acl-",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce-",
    "aws:ec2/flowLog:FlowLog": "fl-",
    "aws:ec2/launchTemplate:LaunchTemplate": "lt-",
    "aws:ec2/instance:Instance": "i-",
    "aws:ec2/networkInterface:NetworkInterface": "eni-",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr-",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr-",
    "aws:efs/fileSystem:FileSystem": "fs-",
    "aws:efs/accessPoint:AccessPoint": "fsap-",
    "aws:efs/mountTarget:MountTarget": "fsmt-",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": "ns-",
    "aws:servicediscovery/service:Service": "srv-",
    "aws:cloudfront/vpcOrigin:VpcOrigin": "vo_",
}
# Types whose id is one of their inputs.
_ID_IS_INPUT = {
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "clusterName",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "secretArn",
    "aws:secretsmanager/secretRotation:SecretRotation": "secretId",
}
# Types whose id is their ARN.
_ID_IS_ARN = (
    "aws:ecs/capacityProvider:",
    "aws:ecs/cluster:",
    "aws:ecs/service:",
    "aws:lb/",
    "aws:secretsmanager/secret:",
    "aws:sns/",
    "aws:acm/",
    "aws:wafv2/",
    "aws:iam/policy:",
    "aws:codestar",
)
# What the provider makes of an automatic name, where that is more than the name itself.
_AUTO_NAMES = {"aws:kms/alias:Alias": "alias/{}"}
_HOSTS = re.compile(r"(endpoint|address|dnsName|domainName|hostname|url|uri)$", re.IGNORECASE)


def digest(*parts: str) -> str:
    """A stable hexadecimal text made from `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


class Fake:
    """Makes up the outputs of one resource."""

    def __init__(self, *, token: str, urn: str, automatic_name: str, inputs: dict[str, Any], region: str) -> None:
        self.token, self.urn, self.inputs, self.region = token, urn, inputs, region
        self.hash = digest(urn)
        self.name = _physical_name(inputs, _AUTO_NAMES.get(token, "{}").format(automatic_name))
        if inputs.get("fifoQueue") and not self.name.endswith(".fifo"):
            self.name += ".fifo"
        self.id = self._id()
        self.arn = self._arn()
        if token.startswith(_ID_IS_ARN):
            self.id = self.arn

    def _id(self) -> str:
        if self.token in _IDS:
            return _IDS[self.token] + self.hash[:17]
        if self.token == "aws:kms/key:Key":
            h = self.hash
            return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:32]}"
        if self.token == "aws:cloudfront/distribution:Distribution":
            return f"E{self.hash[:13].upper()}"
        if self.token == "aws:apigatewayv2/stage:Stage":
            return self.name
        if self.token.startswith("aws:apigatewayv2/"):
            return self.hash[:10]
        if self.token in _ID_IS_INPUT:
            return str(self.inputs.get(_ID_IS_INPUT[self.token], self.name))
        if self.token == "aws:sqs/queue:Queue":
            return f"https://sqs.{self.region}.amazonaws.com/{ACCOUNT}/{self.name}"
        if self.token == "aws:amplify/app:App":
            return f"d{self.hash[:13]}"
        if self.token == "aws:rds/instance:Instance":
            return f"db-{self.hash[:26].upper()}"
        return self.name

    def _arn(self) -> str:
        arn = self.inputs.get("arn")
        return (
            arn
            if isinstance(arn, str)
            else arns.make(
                self.token, name=self.name, id_=self.id, region=self.region, inputs=self.inputs, digest=self.hash
            )
        )

    def output(self, prop: str, output: OutputType) -> Any:
        """The value of a declared output."""
        if prop == "arn":
            return self.arn
        if prop == "region":
            return self.region
        if prop == "tagsAll":
            return self.inputs.get("tags") or {}
        return self.value(prop, output.type)

    def value(self, prop: str, type_: Any, depth: int = 0) -> Any:
        origin = typing.get_origin(type_)
        if type_ is str or origin is typing.Union:
            return self.text(prop)
        if type_ is bool:
            return False
        if type_ in (int, float):
            return 1
        if origin in (list, Sequence, typing.Sequence):
            return [self.value(prop, typing.get_args(type_)[0], depth)] if depth < 2 else []
        if isinstance(type_, type) and _types.is_output_type(type_):
            return self.nested(type_, depth)
        return {}

    def nested(self, type_: type, depth: int) -> dict[str, Any]:
        if depth >= 2:
            return {}
        types = _types.output_type_types(type_) if hasattr(_types, "output_type_types") else {}
        return {key: self.value(key, inner, depth + 1) for key, inner in types.items()}

    def text(self, prop: str) -> str:
        short = digest(self.urn, prop)[:12]
        if prop.lower().endswith("arn") or prop.lower().endswith("arns"):
            return arns.generic(prop, short, self.region)
        if prop in ("name", "bucket", "identifier", "family"):
            return self.name
        if _HOSTS.search(prop):
            return f"{self.name}.{short}.{self.region}.amazonaws.com"
        if prop.lower().endswith("accountid") or prop in ("ownerId", "registryId"):
            return ACCOUNT
        return f"{prop}-{short}"


def _physical_name(inputs: dict[str, Any], automatic: str) -> str:
    for key in (
        "name",
        "bucket",
        "identifier",
        "clusterIdentifier",
        "family",
        "replicationGroupId",
        "domainName",
        "roleName",
    ):
        value = inputs.get(key)
        if isinstance(value, str) and value:
            return value
    prefix = inputs.get("namePrefix")
    if isinstance(prefix, str) and prefix:
        return prefix + automatic.rpartition("-")[2]
    return automatic
