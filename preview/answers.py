"""Made-up answers of the providers for the deployed phase: stable, of the right shape, and of no account."""

from __future__ import annotations

import hashlib
import re
import typing
from collections.abc import Sequence
from typing import Any

from pulumi import _types

from components.naming import partition
from preview import arns
from preview.schema import OutputType, declared, resource_class

__all__ = ["ACCOUNT", "call", "inside", "resource"]

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


def resource(token: str, urn: str, name: str, inputs: dict[str, Any], region: str) -> tuple[str, dict[str, Any]]:
    """The id and the outputs of a resource once it exists.

    Every output that the SDK class declares and that a provider always returns is answered; one that is
    optional and was not set stays absent, as on AWS.
    """
    maker = _Maker(token=token, urn=urn, name=name, inputs=inputs, region=region)
    outputs = {
        prop: maker.output(prop, output)
        for prop, output in declared(token).items()
        if prop not in inputs and not (output.optional and prop not in _ALWAYS.get(token, {}))
    }
    return maker.id, outputs


def call(token: str, args: dict[str, Any], region: str) -> dict[str, Any]:
    """Answer a provider function by its token; any other is an error that names it."""
    if token == "aws:index/getCallerIdentity:getCallerIdentity":
        user = "AIDAEXAMPLEEXAMPLE123"
        return {
            "accountId": ACCOUNT,
            "arn": f"arn:aws:iam::{ACCOUNT}:user/preview",
            "userId": user,
            "id": ACCOUNT,
        }
    if token == "aws:index/getPartition:getPartition":
        return {
            "partition": partition(region),
            "dnsSuffix": "amazonaws.com",
            "reverseDnsPrefix": "com.amazonaws",
            "id": partition(region),
        }
    if token == "aws:ec2/getManagedPrefixList:getManagedPrefixList":
        list_id = f"pl-{digest(token, str(args.get('name')))[:8]}"
        return {
            "id": list_id,
            "name": args.get("name"),
            "addressFamily": "IPv4",
            "maxEntries": 55,
            "arn": f"arn:aws:ec2:{region}:aws:prefix-list/{list_id}",
            "ownerId": "AWS",
            "version": 1,
            "entries": [],
            "tags": {},
            "region": region,
        }
    raise RuntimeError(
        f"the program calls the function {token}, which an offline preview cannot answer; "
        "state the value in the settings, or add its answer to preview/answers.py"
    )


class _Maker:
    """Makes up the outputs of one resource."""

    def __init__(self, *, token: str, urn: str, name: str, inputs: dict[str, Any], region: str) -> None:
        self.token, self.urn, self.inputs, self.region = token, urn, inputs, region
        self.hash = digest(urn)
        self.name = _physical_name(inputs, _AUTO_NAMES.get(token, "{}").format(f"{name}-{self.hash[:7]}"))
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
        if self.token == "aws:apigatewayv2/stage:Stage":
            return self.name
        if self.token.startswith("aws:apigatewayv2/"):
            return self.hash[:10]
        if self.token in _ID_IS_INPUT:
            return str(self.inputs.get(_ID_IS_INPUT[self.token], self.name))
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
        special = _ALWAYS.get(self.token, {}).get(prop)
        if special is not None:
            return special(self)
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


def _master_secret(maker: _Maker) -> list[dict[str, str]]:
    if not (maker.inputs.get("manageMasterUserPassword")):
        return []
    arn = f"arn:aws:secretsmanager:{maker.region}:{ACCOUNT}:secret:rds!{maker.id.lower()}-{maker.hash[:6]}"
    key = maker.inputs.get("masterUserSecretKmsKeyId") or arns.generic("kmsKeyArn", maker.hash[:12], maker.region)
    return [{"secretArn": arn, "secretStatus": "active", "kmsKeyId": str(key)}]


def _db_address(maker: _Maker) -> str:
    return f"{maker.name}.c{maker.hash[:11]}.{maker.region}.rds.amazonaws.com"


_ALWAYS: dict[str, dict[str, typing.Callable[[_Maker], Any]]] = {
    "aws:rds/instance:Instance": {
        "masterUserSecrets": _master_secret,
        "address": _db_address,
        "endpoint": lambda m: f"{_db_address(m)}:{m.inputs.get('port', 5432)}",
        "port": lambda m: m.inputs.get("port", 5432),
        "resourceId": lambda m: m.id,
        "engineVersionActual": lambda m: str(m.inputs.get("engineVersion", "16")),
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
    "aws:lb/targetGroup:TargetGroup": {"arnSuffix": lambda m: m.arn.split(":")[-1]},
    "aws:ecs/taskDefinition:TaskDefinition": {
        "revision": lambda m: 1,
        "arnWithoutRevision": lambda m: m.arn.rpartition(":")[0],
    },
}

# What a provider adds inside a property that is otherwise an input: token -> property -> key -> value.
_INSIDE: dict[str, dict[str, dict[str, typing.Callable[[str, str], Any]]]] = {
    "aws:apigatewayv2/domainName:DomainName": {
        "domainNameConfiguration": {
            "targetDomainName": lambda urn, region: f"d-{digest(urn)[:10]}.execute-api.{region}.amazonaws.com",
            "hostedZoneId": lambda urn, region: "Z1UJRXOUMOOFQ8",
        }
    },
}


def inside(token: str, urn: str, region: str) -> dict[str, dict[str, Any]]:
    """Computed keys inside of input properties, by property."""
    return {
        prop: {key: make(urn, region) for key, make in keys.items()} for prop, keys in _INSIDE.get(token, {}).items()
    }


def known_type(token: str) -> bool:
    """Whether the SDK has a class for `token`."""
    return resource_class(token) is not None
