"""Which resources hold something that their replacement would lose, by type."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NAMES_ONLY", "STATEFUL", "Held"]


class Held(NamedTuple):
    """What a resource is called, what it holds, and what becomes of that where the resource is replaced or deleted."""

    noun: str
    holds: str
    loss: str


_CACHE = "cached data, sessions and jobs"
_CACHE_LOSS = "its data is lost unless a snapshot of it is restored"
_ADDRESS_LOSS = "its address changes, and what knows the old one no longer reaches it"
_NAMES = "the value is kept in the state only, and names are made of it"
_NAMES_LOSS = "its value changes, and with it every name that is made of it"
_SERVICES = "services find each other in it"
_SERVICES_LOSS = "services do not find each other until all of them are deployed again"

STATEFUL: dict[str, Held] = {
    "aws:amplify/app:App": Held(
        "Amplify app", "its address is in DNS and in what the web app's users have bookmarked", _ADDRESS_LOSS
    ),
    "aws:amplify/domainAssociation:DomainAssociation": Held(
        "domain of the web app",
        "the domain is down until its certificate is issued anew",
        "the domain is down until its certificate is issued anew",
    ),
    "aws:apigatewayv2/api:Api": Held("HTTP API", "its address is made of its id, and clients know it", _ADDRESS_LOSS),
    "aws:apigatewayv2/domainName:DomainName": Held(
        "domain name", "clients know the domain, and DNS records point to its target", _ADDRESS_LOSS
    ),
    "aws:backup/vault:Vault": Held(
        "backup vault", "recovery points", "its recovery points are lost; AWS refuses to delete a vault that has any"
    ),
    "aws:cloudfront/distribution:Distribution": Held(
        "distribution", "its address is in DNS, and clients may know it", _ADDRESS_LOSS
    ),
    "aws:cloudwatch/logGroup:LogGroup": Held("log group", "logs", "its logs are lost unless they were exported"),
    "aws:dynamodb/table:Table": Held("table", "rows", "its rows are lost unless a backup of it is restored"),
    "aws:ec2/eip:Eip": Held(
        "Elastic IP address",
        "others have the address on their allow-lists",
        "its address is lost, and others who allow it have to allow the new one",
    ),
    "aws:ec2/subnet:Subnet": Held(
        "subnet", "the data stores in it are replaced with it", "the data stores in it are replaced with it"
    ),
    "aws:ec2/vpc:Vpc": Held("VPC", "all that is in it is replaced with it", "all that is in it is replaced with it"),
    "aws:ecr/repository:Repository": Held(
        "image repository",
        "images, those to roll back to among them",
        "its images are lost, those to roll back to among them, unless they were copied",
    ),
    "aws:ecs/cluster:Cluster": Held(
        "cluster",
        "its services are replaced with it, and people and scripts type its name",
        "its services are replaced with it",
    ),
    "aws:efs/accessPoint:AccessPoint": Held(
        "access point",
        "the directory that the files are in",
        "services see another directory unless it has the same path",
    ),
    "aws:efs/fileSystem:FileSystem": Held(
        "file system", "files", "its files are lost unless a backup of them is restored"
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": Held("cache", _CACHE, _CACHE_LOSS),
    "aws:elasticache/serverlessCache:ServerlessCache": Held("cache", _CACHE, _CACHE_LOSS),
    "aws:kms/key:Key": Held(
        "key",
        "what is encrypted with a key cannot be read without it",
        "what is encrypted with it cannot be read once it is deleted, after its waiting period",
    ),
    "aws:lb/loadBalancer:LoadBalancer": Held(
        "load balancer", "its address is in DNS, and clients may know it", _ADDRESS_LOSS
    ),
    "aws:rds/instance:Instance": Held("database", "a database", "its data is lost unless a snapshot of it is restored"),
    "aws:s3/bucket:Bucket": Held(
        "bucket",
        "objects, and a name that nobody else may have taken since",
        "its objects are lost unless they were copied; AWS refuses to delete a bucket that has any",
    ),
    "aws:secretsmanager/secret:Secret": Held(
        "secret", "values that people have set", "its value is lost unless it is set again"
    ),
    "aws:servicediscovery/httpNamespace:HttpNamespace": Held("namespace", _SERVICES, _SERVICES_LOSS),
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": Held("namespace", _SERVICES, _SERVICES_LOSS),
    "aws:sns/topic:Topic": Held(
        "topic",
        "subscriptions that people have confirmed",
        "its subscriptions are lost, and people have to confirm them again",
    ),
    "aws:sqs/queue:Queue": Held("queue", "messages that nobody has processed yet", "the messages in it are lost"),
    "aws:ssm/parameter:Parameter": Held(
        "parameter", "values that people have set", "its value is lost unless it is set again"
    ),
    "random:index/randomId:RandomId": Held("random id", _NAMES, _NAMES_LOSS),
    "random:index/randomPassword:RandomPassword": Held(
        "random password",
        "the value is kept in the state only; a new one locks clients out",
        "its value changes, and clients that have the old one are locked out",
    ),
    "random:index/randomString:RandomString": Held("random text", _NAMES, _NAMES_LOSS),
}
"""By type; the inputs whose change replaces such a resource are in `replacing` and `conditions`."""

NAMES_ONLY = frozenset({"random:index/randomId:RandomId", "random:index/randomString:RandomString"})
"""Parts of names: deleted, they are part of none any more, such as that of a final snapshot nobody asks for."""
