"""Broken stack files: tables, their keys and indexes, and who uses them."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken
from tests.settings.broken_existing import existing

__all__ = ["BROKEN"]

_API = "compute.services.api"
_LOGS = "data.tables.usage_logs"
_SOUND = {"attributes": {"user_id": "string", "at": "number"}, "partition_key": "user_id", "sort_key": "at"}


def _logs(**changes: Any) -> dict[str, Any]:
    return {"data.tables": {"usage_logs": _SOUND | changes}}


def _used(**others: Any) -> dict[str, Any]:
    return _logs() | {f"{_API}.tables": {"usage_logs": "read"}} | {f"{_API}.{key}": v for key, v in others.items()}


def _indexes(count: int) -> dict[str, Any]:
    return {f"index-{i}": {"partition_key": "at"} for i in range(count)}


BROKEN = [
    Broken(
        "an index on a key that is no attribute",
        "",
        _logs(indexes={"by_plan": {"partition_key": "plan_id"}}),
        f"{_LOGS}.indexes.by_plan.partition_key",
        "'plan_id' is not in attributes, which give each key its type",
        "there are at, user_id",
    ),
    Broken(
        "a sort key that is misspelt",
        "",
        _logs(attributes={"user_id": "string", "sent_at": "number"}, sort_key="sentat"),
        f"{_LOGS}.sort_key",
        "'sentat' is not in attributes",
        "did you mean sent_at?",
    ),
    Broken(
        "an attribute that is no key",
        "",
        _logs(attributes={"user_id": "string", "at": "number", "total": "number"}),
        f"{_LOGS}.attributes.total",
        "is a key of neither table nor index",
        "remove it",
    ),
    Broken(
        "a type of DynamoDB's API",
        "",
        _logs(attributes={"user_id": "S", "at": "number"}),
        f"{_LOGS}.attributes.user_id",
        "is not one of",
        "'string'",
    ),
    Broken(
        "one attribute as both keys",
        "",
        _logs(attributes={"user_id": "string"}, sort_key="user_id"),
        f"{_LOGS}.sort_key",
        "is user_id, as partition_key is",
        "name another attribute, or remove it",
    ),
    Broken(
        "an index without keys",
        "",
        _logs(indexes={"by_plan": {}}),
        f"{_LOGS}.indexes.by_plan.partition_key",
        "is missing",
        "add it (the attribute that items are found by",
    ),
    Broken(
        "an index that holds a key once more",
        "",
        _logs(indexes={"by_at": {"partition_key": "at", "projection": ["user_id", "total"]}}),
        f"{_LOGS}.indexes.by_at.projection",
        "names user_id, a key, which every index holds",
        "remove it",
    ),
    Broken(
        "too many indexes",
        "",
        _logs(indexes=_indexes(21)),
        f"{_LOGS}.indexes",
        "has more than 20",
        "remove some",
    ),
    Broken(
        "the name of an index with a space",
        "",
        _logs(indexes={"by plan": {"partition_key": "at"}}),
        f"{_LOGS}.indexes.by plan",
        "is not a name of an index",
        "such as by_plan",
    ),
    Broken(
        "items that expire by their key",
        "",
        _logs(ttl="at"),
        f"{_LOGS}.ttl",
        "is at, a key of the table",
        "name another attribute",
    ),
    Broken(
        "items that expire by a text",
        "",
        _logs(
            attributes={"user_id": "string", "at": "number", "expires": "string"},
            indexes={"by_end": {"partition_key": "expires"}},
            ttl={"attribute": "expires"},
        ),
        f"{_LOGS}.ttl",
        "is expires, a string",
        "takes a number of seconds since 1970",
    ),
    Broken(
        "provisioned without capacity",
        "",
        _logs(capacity={"read": 5}),
        f"{_LOGS}.capacity.write",
        "is missing",
        "add it (write units",
    ),
    Broken(
        "capacity that shrinks to more",
        "",
        _logs(capacity={"read": {"min": 10, "max": 5}, "write": 5}),
        f"{_LOGS}.capacity.read.max",
        "is 5, less than min 10",
        "write at least 10",
    ),
    Broken(
        "indexes with capacity that scales",
        "",
        _logs(
            indexes={"by_at": {"partition_key": "at"}},
            capacity={"read": {"min": 5, "max": 100}, "write": 5},
        ),
        f"{_LOGS}.capacity.read",
        "would set the capacity of the indexes back",
        "write one number, such as 100, or remove capacity",
    ),
    Broken(
        "recovery for longer than DynamoDB offers",
        "",
        _logs(recovery_days=90),
        f"{_LOGS}.recovery_days",
        "90 should be",
        "less than or equal to 35",
    ),
    Broken(
        "a table's name in capitals",
        "",
        {"data.tables": {"UsageLogs": _SOUND}},
        "data.tables.UsageLogs",
        "is not a name of a table",
        "such as usage_logs",
    ),
    Broken(
        "an unknown table",
        "",
        _used(tables={"usage_log": "read"}),
        f"{_API}.tables.usage_log",
        "'usage_log' is not in data.tables",
        "did you mean usage_logs?",
    ),
    Broken(
        "no table at all",
        f"{_API}.tables",
        {"usage_logs": "read"},
        f"{_API}.tables.usage_logs",
        "'usage_logs' is not in data.tables",
        "add it there",
    ),
    Broken(
        "an access that there is none of",
        "",
        _used(tables={"usage_logs": "readwrite"}),
        f"{_API}.tables.usage_logs",
        "is not one of",
        "'read-write'",
    ),
    Broken(
        "a table's name by hand",
        "",
        _used(environment={"USAGE_LOGS_TABLE": "logs"}),
        f"{_API}.environment.USAGE_LOGS_TABLE",
        "is set by tables.usage_logs",
        "remove it here",
    ),
    Broken(
        "two tables with one variable",
        "",
        {
            "data.tables": {"usage_logs": _SOUND, "usage-logs": _SOUND},
            f"{_API}.tables": {"usage_logs": "read", "usage-logs": "read"},
        },
        f"{_API}.tables.usage_logs",
        "sets USAGE_LOGS_TABLE, as tables.usage-logs does",
        "rename one of the stores",
    ),
    Broken(
        "a table in the backup plan, without one",
        "",
        _logs(backup_plan=True),
        f"{_LOGS}.backup_plan",
        "there is no plan",
        "add data.backup",
    ),
    Broken(
        "a table behind the gateway of an existing VPC",
        "",
        _used(image="123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1")
        | {
            "networking": existing(egress="aws-only", existing={"s3_prefix_list_id": "pl-63a5400a"}),
            "edge": {"load_balancer": {"scheme": "internal"}},
        },
        "networking.existing.dynamodb_prefix_list_id",
        "what compute.services.api.tables.usage_logs names is reached through the gateway of DynamoDB only",
        "aws ec2 describe-managed-prefix-lists",
    ),
    Broken(
        "a prefix list of DynamoDB that nothing reads",
        "networking",
        existing(existing={"dynamodb_prefix_list_id": "pl-02cd2c6b"}),
        "networking.existing.dynamodb_prefix_list_id",
        "has no effect with egress: internet",
        "write aws-only",
    ),
]
