"""Records a Redis store of either kind, for its tests."""

from __future__ import annotations

import json
from typing import Any

import pulumi

from components.data.redis import Redis
from components.data.redis_serverless import RedisServerless
from components.data.redis_store import RedisArgs
from preview.plan import Plan
from settings.compute.connects_to import Connect
from settings.data import redis
from tests.recording import one, record

__all__ = ["ACCESS", "CACHE", "GROUP", "KEY", "LOG", "PARAMETERS", "PLAIN", "SECRET", "SUBNETS", "SUFFIX", "TOKEN"]
__all__ += ["USER", "USERS", "VALUE", "arguments", "redis_plan", "urls"]

GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
CACHE = "aws:elasticache/serverlessCache:ServerlessCache"
SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup"
PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup"
USER = "aws:elasticache/user:User"
USERS = "aws:elasticache/userGroup:UserGroup"
ACCESS = "aws:ec2/securityGroup:SecurityGroup"
LOG = "aws:cloudwatch/logGroup:LogGroup"
TOKEN = "random:index/randomPassword:RandomPassword"
SUFFIX = "random:index/randomId:RandomId"
SECRET = "aws:secretsmanager/secret:Secret"
VALUE = "aws:secretsmanager/secretVersion:SecretVersion"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
PLAIN = Connect(to="cache")


def arguments(settings: dict[str, Any], **overrides: Any) -> RedisArgs:
    """Arguments of a store with these settings; `overrides` replace the defaults."""
    defaults: dict[str, Any] = {
        "identifier": "test-cache",
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "key_arn": KEY,
        "protect": False,
        "log_retention_days": 7,
        "connections": [PLAIN],
    }
    return RedisArgs(settings=redis.Redis.model_validate(settings), **defaults | overrides)


def redis_plan(*, protect: bool = False, connect: Connect = PLAIN, subnets: int = 2, **settings: Any) -> Plan:
    """The plan of a program with this store and one client."""
    store_class = RedisServerless if "serverless" in settings else Redis
    ids = [f"subnet-{letter}" for letter in "abcd"[:subnets]]

    def program() -> None:
        store = store_class("cache", arguments(settings, protect=protect, connections=[connect], subnet_ids=ids))
        injection = store.injection(connect)
        pulumi.export("environment", injection.environment)
        pulumi.export("secrets", injection.secrets)
        pulumi.export("actions", [list(p.actions) for p in injection.execution_permissions])
        pulumi.export("resources", [list(p.resources) for p in injection.execution_permissions])
        pulumi.export("endpoint", store.host_port)
        pulumi.export("identifier", store.identifier)
        pulumi.export("ports", [peer.port for peer in (store.peer, store.reader) if peer is not None])
        if isinstance(store, Redis):
            cpu = store.metrics.cpu
            pulumi.export("cpu", [cpu[0].name, *(m.dimensions["CacheClusterId"] for m in cpu)])

    return record(program)


def urls(plan: Plan) -> dict[str, Any]:
    """The JSON of the secret with the URLs."""
    return json.loads(one(plan.phases["deployed"], VALUE).inputs["secretString"])
