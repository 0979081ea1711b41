"""Broken stack files: Redis, parameters, and what services need without a way to the internet."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_CACHE = "data.redis.cache"


def _cached(connect: Any = "cache", **others: Any) -> dict[str, Any]:
    changes = {_CACHE: {}, f"{_API}.connects_to": ["main", connect]}
    return changes | {f"{_API}.{key}": value for key, value in others.items()}


def _url(**url: Any) -> dict[str, Any]:
    return _cached({"to": "cache", "env": {"BROKER_URL": url}})


BROKEN = [
    Broken("no node type", _CACHE, {"node": "t4g.micro"}, f"{_CACHE}.node", "is not an ElastiCache", "cache.t4g.micro"),
    Broken(
        "no such version",
        _CACHE,
        {"version": "7.1"},
        f"{_CACHE}.version",
        "is not a version of valkey",
        "write one of 7.2, 8.0, 8.1, 8.2, 9.0, 9.1",
    ),
    Broken(
        "a version that Redis left off at",
        _CACHE,
        {"engine": "redis", "version": "8.0"},
        f"{_CACHE}.version",
        "is not a version of redis",
        "write one of 6.0, 6.2, 7.0, 7.1",
    ),
    Broken(
        "a version between two of Valkey's",
        _CACHE,
        {"version": "8.7"},
        f"{_CACHE}.version",
        "'8.7' is not a version of valkey",
        "write one of 7.2, 8.0",
    ),
    Broken(
        "a version in the words of an older provider",
        _CACHE,
        {"engine": "redis", "version": "6.x"},
        f"{_CACHE}.version",
        "'6.x' is not a version of redis",
        "write one of 6.0, 6.2",
    ),
    Broken(
        "a Redis past its support",
        _CACHE,
        {"engine": "redis", "version": "5.0.6"},
        f"{_CACHE}.version",
        "redis 5.0.6 is past its standard support, and AWS bills it as Extended Support",
        "write 7.1",
    ),
    Broken(
        "a Redis that has no serverless",
        _CACHE,
        {"engine": "redis", "version": "6.2", "serverless": {}},
        f"{_CACHE}.version",
        "redis 6.2 is not served without nodes",
        "write 7.1, or leave it out",
    ),
    Broken("a number for a version", _CACHE, {"version": 8.0}, f"{_CACHE}.version", "is not text", "quotes"),
    Broken(
        "tokens apart",
        _CACHE,
        {"tokens": [1, 3]},
        f"{_CACHE}.tokens",
        "write one token, or two that follow each other",
        "as in [1, 2]",
    ),
    Broken(
        "cluster mode",
        _CACHE,
        {"parameters": {"cluster-enabled": "yes"}},
        f"{_CACHE}.parameters.cluster-enabled",
        "needs cluster clients, which are not supported",
        "remove it",
    ),
    Broken(
        "a short window",
        _CACHE,
        {"snapshot_window": "03:00-03:30"},
        f"{_CACHE}.snapshot_window",
        "is 30 minutes long",
        "write one of at least 60 minutes, as ElastiCache requires",
    ),
    Broken(
        "snapshots during maintenance",
        _CACHE,
        {"snapshot_window": "04:00-05:00"},
        f"{_CACHE}.maintenance_window",
        "which ElastiCache refuses",
        "move one of them",
    ),
    *(
        Broken(
            f"{key} beside serverless", _CACHE, {"serverless": {}, key: value}, f"{_CACHE}.{key}", reason, "remove it"
        )
        for key, value, reason in (
            ("node", "cache.t4g.micro", "scales up to max_gb"),
            ("replicas", 1, "always keeps copies in other zones"),
            ("parameters", {"timeout": "300"}, "AWS sets them"),
            ("maintenance_window", "sun:04:30-sun:05:30", "is patched without one"),
            ("apply", "now", "take effect at once"),
            ("auth", "token", "serverless does not support"),
        )
    ),
    Broken(
        "more than a serverless store holds",
        _CACHE,
        {"serverless": {"max_gb": 5001}},
        f"{_CACHE}.serverless.max_gb",
        "5001 is too large",
        "write 5000 or less",
    ),
    Broken(
        "fewer units than a serverless store takes",
        _CACHE,
        {"serverless": {"max_ecpu_per_second": 500}},
        f"{_CACHE}.serverless.max_ecpu_per_second",
        "500 is too small",
        "write 1000 or more",
    ),
    Broken(
        "serverless as a flag",
        _CACHE,
        {"serverless": True},
        f"{_CACHE}.serverless",
        "true is not a mapping",
        "write {} for the defaults, or `key: value` lines below it (max_gb,",
    ),
    Broken(
        "another way to log in",
        _CACHE,
        {"auth": "iam"},
        f"{_CACHE}.auth",
        "'iam' is neither token nor rbac",
        "write one of them (`token`: one token for everything)",
    ),
    Broken(
        "no snapshot of a serverless store in prod",
        "",
        {
            "environment": "prod",
            "data": {"redis": {"cache": {"serverless": {}, "snapshot_days": 0}}},
            f"{_API}.connects_to": [],
        },
        f"{_CACHE}.snapshot_days",
        "is 0, and prod keeps a snapshot",
        "write at least 1",
    ),
    Broken(
        "no replica in prod",
        "",
        {"environment": "prod", "data": {"redis": {"cache": {}}}, f"{_API}.connects_to": []},
        f"{_CACHE}.replicas",
        "is 0, and without a replica, a node's failure is an outage",
        "write at least 1 in prod",
    ),
    Broken(
        "no snapshot in prod",
        "",
        {
            "environment": "prod",
            "data": {"redis": {"cache": {"replicas": 1, "snapshot_days": 0}}},
            f"{_API}.connects_to": [],
        },
        f"{_CACHE}.snapshot_days",
        "is 0, and prod keeps a snapshot",
        "write at least 1",
    ),
    Broken(
        "the store's URL by hand",
        "",
        _cached(environment={"REDIS_URL": "redis://elsewhere:6379"}),
        f"{_API}.environment.REDIS_URL",
        "is set by connects_to",
        "remove it",
    ),
    Broken(
        "a store without TLS",
        "",
        _url(driver="redis"),
        f"{_API}.connects_to[1].env.BROKER_URL.driver",
        "takes rediss:// only",
        "remove it",
    ),
    Broken(
        "any certificate",
        "",
        _url(query={"ssl_cert_reqs": "none"}),
        f"{_API}.connects_to[1].env.BROKER_URL.query.ssl_cert_reqs",
        "would trust any server",
        "write required",
    ),
    Broken(
        "two stores and one variable",
        "",
        {"data.redis": {"cache": {}, "queue": {}}, f"{_API}.connects_to": ["cache", "queue"]},
        f"{_API}.connects_to[1].env",
        "REDIS_URL is the URL of cache",
        "write {to: queue",
    ),
    Broken(
        "a store named like a database", "data.redis", {"main": {}}, "data.redis.main", "a database has", "rename one"
    ),
    Broken(
        "a file system named like a store",
        "",
        {"data.redis": {"shared": {}}, "data.file_systems": {"shared": {"access_points": {"a": {"uid": 1, "gid": 1}}}}},
        "data.file_systems.shared",
        "a Redis store has the same name, and with it the same network path",
        "rename one",
    ),
    Broken("a store named like a service", "data.redis", {"api": {}}, "data.redis.api", "a service has", "rename one"),
    Broken(
        "a key of a parameter",
        "",
        {"data.secrets": {"openai": {"store": "parameter"}}, f"{_API}.secrets": {"OPENAI_API_KEY": "openai:key"}},
        f"{_API}.secrets.OPENAI_API_KEY",
        "ECS reads whole parameters only",
        "keep it in Secrets Manager",
    ),
    Broken(
        "a level without a name",
        "data.secrets",
        {"team//openai": {"store": "parameter"}},
        "data.secrets.team//openai",
        "is not a parameter name: a level is empty",
        "did you mean team/openai?",
    ),
    Broken(
        "a long description of a parameter",
        "data.secrets",
        {"openai": {"store": "parameter", "description": "x" * 1025}},
        "data.secrets.openai.description",
        "the 1024 characters",
        "shorten it",
    ),
    Broken(
        "no such store",
        "data.secrets",
        {"openai": {"store": "vault"}},
        "data.secrets.openai.store",
        "is neither secrets-manager nor parameter",
        "write one of them (`secrets-manager`, about 0.40 USD a month)",
    ),
    Broken(
        "an image from elsewhere without a way to it",
        "",
        {"networking.nat": "none", "networking.egress": "aws-only"},
        f"{_API}.image",
        "is pulled over the internet, which is not reachable with nat: none",
        "name a copy in an ECR repository of us-east-1",
    ),
    Broken(
        "an image of another region without a way to it",
        "",
        {
            "networking.nat": "none",
            "networking.egress": "aws-only",
            f"{_API}.image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1",
        },
        f"{_API}.image",
        "is in eu-west-1, and endpoints lead to us-east-1 only",
        "name a copy in an ECR repository of us-east-1",
    ),
    Broken(
        "NAT that nothing uses",
        "networking.egress",
        "aws-only",
        "networking.egress",
        "makes nat: single useless",
        "write nat: none",
    ),
]
