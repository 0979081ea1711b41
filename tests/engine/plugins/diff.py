"""Compares a resource's inputs property by property, and says which changes force a replacement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from preview.wire import join

__all__ = ["changes", "forces_replacement", "without"]

# Top-level properties whose change replaces the resource, by type; "*" is every property but the ones listed.
_REPLACING: dict[str, frozenset[str]] = {
    "aws:budgets/budget:Budget": frozenset({"accountId", "budgetType"}),
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": frozenset({"configurationName", "slackTeamId"}),
    "aws:cloudwatch/logGroup:LogGroup": frozenset(),
    "aws:dynamodb/table:Table": frozenset({"hashKey", "rangeKey"}),
    "aws:ec2/instance:Instance": frozenset({"ami", "availabilityZone", "subnetId", "keyName"}),
    "aws:ec2/natGateway:NatGateway": frozenset({"allocationId", "connectivityType", "subnetId"}),
    "aws:ec2/route:Route": frozenset({"destinationCidrBlock", "destinationPrefixListId", "routeTableId"}),
    "aws:ec2/routeTable:RouteTable": frozenset({"vpcId"}),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": frozenset({"subnetId", "gatewayId"}),
    "aws:ec2/securityGroup:SecurityGroup": frozenset({"description", "vpcId"}),
    "aws:ec2/subnet:Subnet": frozenset({"availabilityZone", "cidrBlock", "vpcId"}),
    "aws:ec2/vpc:Vpc": frozenset({"cidrBlock"}),
    "aws:ec2/vpcEndpoint:VpcEndpoint": frozenset({"serviceName", "vpcEndpointType", "vpcId"}),
    "aws:ecs/service:Service": frozenset({"cluster", "launchType", "schedulingStrategy"}),
    "aws:efs/fileSystem:FileSystem": frozenset({"encrypted", "kmsKeyId", "performanceMode"}),
    "aws:elasticache/replicationGroup:ReplicationGroup": frozenset(
        {"atRestEncryptionEnabled", "replicationGroupId", "subnetGroupName"}
    ),
    "aws:iam/role:Role": frozenset({"path"}),
    "aws:kms/key:Key": frozenset({"customerMasterKeySpec", "keyUsage", "multiRegion"}),
    "aws:lb/listener:Listener": frozenset({"loadBalancerArn"}),
    "aws:lb/listenerRule:ListenerRule": frozenset({"listenerArn"}),
    "aws:lb/loadBalancer:LoadBalancer": frozenset({"internal", "loadBalancerType"}),
    "aws:lb/targetGroup:TargetGroup": frozenset({"port", "protocol", "targetType", "vpcId"}),
    "aws:rds/instance:Instance": frozenset(
        {
            "characterSetName",
            "dbName",
            "dbSubnetGroupName",
            "engine",
            "kmsKeyId",
            "storageEncrypted",
            "username",
        }
    ),
    "aws:s3/bucket:Bucket": frozenset({"bucket", "bucketPrefix"}),
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": frozenset({"vpc"}),
}
# Types that are new revisions: every property replaces them but these.
_REVISIONS: dict[str, frozenset[str]] = {
    "aws:ecs/taskDefinition:TaskDefinition": frozenset({"skipDestroy", "tags", "trackLatest"}),
    "random:index/randomId:RandomId": frozenset(),
    "random:index/randomPassword:RandomPassword": frozenset(),
    "random:index/randomString:RandomString": frozenset(),
}
_NAMES = frozenset({"name", "namePrefix", "region"})
_ABSENT = object()


def changes(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path that differs, with `add`, `delete` or `update`."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from changes(old.get(key, _ABSENT), new.get(key, _ABSENT), join(path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for i in range(max(len(old), len(new))):
            yield from changes(old[i] if i < len(old) else _ABSENT, new[i] if i < len(new) else _ABSENT, join(path, i))
    elif old is _ABSENT:
        yield path, "add"
    elif new is _ABSENT:
        yield path, "delete"
    elif old != new:
        yield path, "update"


def forces_replacement(token: str, prop: str) -> bool:
    """Whether the provider replaces a resource of type `token` when its top-level property `prop` changes."""
    if token in _REVISIONS:
        return prop not in _REVISIONS[token]
    return prop in _NAMES or prop in _REPLACING.get(token, frozenset())


def without(inputs: dict[str, Any], ignored: list[str]) -> dict[str, Any]:
    """`inputs` less the top-level properties that the program tells the engine to ignore."""
    return {key: value for key, value in inputs.items() if key not in ignored}
