"""What the matrix may find, each with its reason: the help of the setting says it, or it is what the setting is for."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DEFERRED", "EXCUSED", "FIXED", "REPLACES", "SAYS_REPLACES", "UNAPPLIED", "Replaced"]


class Replaced(NamedTuple):
    """What a change of the setting replaces, and why it cannot be otherwise."""

    nouns: frozenset[str]
    reason: str


def _of(reason: str, *nouns: str) -> Replaced:
    return Replaced(frozenset(nouns), reason)


_PASSWORD = "random password"
_POINT = _of("EFS knows no update of an access point; the files stay", "access point")
_SUBNETS = _of("a subnet's network is decided when it is made", "subnet")
_SHIFTED = "ECS keeps the rule that it shifts, so the service is made anew with another one"

REPLACES: dict[str, Replaced] = {
    "compute.domain": _of("the zone carries the name", "namespace"),
    "compute.services.*.deploy.strategy": _of("a rolling service has one target group, others two", "service"),
    "compute.services.*.image": _of("only a new service is waited for, and the one before has no task", "service"),
    "compute.services.*.port": _of(_SHIFTED, "service"),
    "compute.services.*.repository.encryption": _of("ECR decides it when the repository is made", "image repository"),
    "data.backup.copy_to.region": _of("the vault and its key are of their region", "backup vault", "key"),
    "data.file_systems.*.access_points.*.gid": _POINT,
    "data.file_systems.*.access_points.*.path": _POINT,
    "data.file_systems.*.access_points.*.permissions": _POINT,
    "data.file_systems.*.access_points.*.uid": _POINT,
    "data.postgres.*.database": _of("RDS makes the first database with the instance", "database"),
    "data.postgres.*.restore_from": _of("encryption is never ignored, and the source may have another key", "database"),
    "data.postgres.*.username": _of("RDS makes the master user with the instance", "database"),
    "data.queues.*.fifo": _of("SQS decides it when the queue is made", "queue"),
    "data.redis.*.auth": _of("a token becomes a user's password, and back", _PASSWORD),
    "data.redis.*.engine": _of("ElastiCache goes from redis to valkey only, and to no older version", "cache"),
    "data.redis.*.serverless": _of("ElastiCache has no way between the two", "cache", _PASSWORD, "secret"),
    "data.redis.*.tokens": _of("each number is another token, which is what rotation is", _PASSWORD),
    "data.redis.*.version": _of("ElastiCache goes to no older version", "cache"),
    "data.secrets.*.generate": _of("another length is another value", _PASSWORD),
    "data.secrets.*.store": _of("the two stores are different services", "secret", _PASSWORD),
    "data.tables.*.partition_key": _of("DynamoDB keeps the keys that a table is made with", "table"),
    "data.tables.*.sort_key": _of("DynamoDB keeps the keys that a table is made with", "table"),
    "edge.amplify.domain.name": _of("the association carries the name", "domain of the web app"),
    "edge.distribution": _of("a load balancer's scheme is decided when it is made", "load balancer", "service"),
    "edge.distribution.header_versions": _of("each number is another header, which is what rotation is", _PASSWORD),
    "edge.distribution.origin": _of("a load balancer's scheme is decided when it is made", "load balancer", "service"),
    "edge.http_api": _of("a load balancer's scheme is decided when it is made", "load balancer", "service"),
    "edge.http_api.domain.name": _of("API Gateway's domain carries the name", "domain name"),
    "edge.load_balancer.certificate": _of(_SHIFTED, "service"),
    "edge.load_balancer.scheme": _of("a load balancer's scheme is decided when it is made", "load balancer", "service"),
    "networking.cidr": _of("a VPC's network is decided when it is made", "VPC", "subnet"),
    "networking.nat": _of("a NAT gateway and a NAT instance cannot share an address", "Elastic IP address"),
    "networking.subnets": _SUBNETS,
    "networking.subnets.isolated": _SUBNETS,
    "networking.subnets.private": _SUBNETS,
    "networking.subnets.public": _SUBNETS,
}
"""By knob: what a change of it replaces that holds something, and services. Nothing else does."""

SAYS_REPLACES = frozenset(knob for knob, replaced in REPLACES.items() if replaced.nouns != {_PASSWORD})
"""The knobs whose help says so; where only a generated value changes, that is what the knob is for."""

FIXED = {
    "networking.cidr": "data stores do not move to another VPC, so `up` fails, as the help says",
    "networking.existing": "data stores do not move to another VPC, so `up` fails, as the help says",
    "networking.existing.vpc_id": "data stores do not move to another VPC, so `up` fails, as the help says",
}
"""Chosen once: what refers to the old network is not followed up."""

UNAPPLIED = {
    "data.tables.*.ttl": "is switched off by `enabled: false`; left out, the table keeps it, as its help says",
    "data.postgres.*.restore_from": "has an effect only when the instance is created, as its help says",
}
"""Settings that, taken away or added later, leave things as they are."""

DEFERRED: dict[str, frozenset[str]] = {
    "data.postgres.*.backup_days": frozenset({"backupRetentionPeriod"}),
    "data.postgres.*.instance": frozenset({"instanceClass"}),
    "data.postgres.*.multi_az": frozenset({"multiAz"}),
    "data.postgres.*.storage_gb": frozenset({"allocatedStorage", "iops", "storageThroughput"}),
    "data.postgres.*.version": frozenset({"engineVersion"}),
    "data.redis.*.engine": frozenset({"engine", "engineVersion", "parameterGroupName"}),
    "data.redis.*.node": frozenset({"nodeType"}),
    "data.redis.*.version": frozenset({"engineVersion"}),
}
"""By knob: what waits for the maintenance window of a protected store without `apply: now`, as the help of `apply`
says. Logins (`credentials`, `auth`) must not, since services change theirs at once: there the matrix writes it."""

_REASONS = "reasons for a reader: they only let the settings pass"
EXCUSED = {
    "compute.services.*.local_state": "a confirmation: it only lets the settings pass",
    "compute.services.*.not_secrets": _REASONS,
    "compute.tasks.*.not_secrets": _REASONS,
    "edge.amplify.not_secrets": _REASONS,
    "edge.amplify.branches.*.not_secrets": _REASONS,
    "accepted_hints": "reasons for a reader: a hint is not shown",
}
"""Knobs without an effect on any plan."""
