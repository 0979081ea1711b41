"""What AWS or the provider refuses in an update, by the old and the new inputs of one resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from preview.transition.values import UNKNOWN, number, version

__all__ = ["deletion_refusal", "update_refusals"]

_Inputs = Mapping[str, Any]
_Rule = Callable[[_Inputs, _Inputs], str | None]

_GUARDS = ("deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection")
# RDS User Guide, CHAP_Storage, gp3: the size in GiB from which a volume is striped; SQL Server has none.
_STRIPED_FROM = {"postgres": 400, "mysql": 400, "mariadb": 400, "oracle": 200, "db2": 400}
_STRIPED_IOPS = 12000


def update_refusals(type_: str, old: _Inputs, new: _Inputs) -> tuple[str, ...]:
    """Why an update from `old` to `new` fails; empty where nothing is known to refuse it."""
    return tuple(reason for rule in _RULES.get(type_, ()) if (reason := rule(old, new)))


def deletion_refusal(old: _Inputs) -> str | None:
    """Why AWS does not delete a resource that has these inputs."""
    guard = next((key for key in _GUARDS if old.get(key) in (True, "ACTIVE")), None)
    return guard and f"AWS does not delete it while {guard} is on: turn it off with an `up` of its own first"


def _threshold(values: _Inputs) -> int | None:
    engine = values.get("engine")
    if values.get("storageType") != "gp3" or not isinstance(engine, str):
        return None
    return next((size for name, size in _STRIPED_FROM.items() if engine.startswith(name)), None)


def _storage_grows_past_striping(old: _Inputs, new: _Inputs) -> str | None:
    """rds/instance.go, dbInstancePopulateModify: sends the iops of the state with a new size (issue 28382, open)."""
    threshold, before, after = _threshold(new), number(old.get("allocatedStorage")), number(new.get("allocatedStorage"))
    if threshold is None or before is None or after is None or not before < threshold <= after:
        return None
    if new.get("iops") is UNKNOWN or (number(new.get("iops")) or 0) >= _STRIPED_IOPS:
        return None
    return (
        f"from {threshold} GiB on, a gp3 volume has at least {_STRIPED_IOPS} iops, but the provider sends the 3000 "
        f"that the smaller one had: set iops to {_STRIPED_IOPS}"
    )


def _iops_of_a_small_volume(old: _Inputs, new: _Inputs) -> str | None:
    """RDS: "You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400"."""
    threshold, size = _threshold(new), number(new.get("allocatedStorage"))
    stated = [key for key in ("iops", "storageThroughput") if key in new and new[key] != old.get(key)]
    if threshold is None or size is None or size >= threshold or not stated:
        return None
    return f"RDS takes no {stated[0]} for a gp3 volume below {threshold} GiB: leave it out"


def _storage_shrinks(old: _Inputs, new: _Inputs) -> str | None:
    """RDS User Guide, Settings for DB instances: allocated storage can only be increased."""
    before, after = number(old.get("allocatedStorage")), number(new.get("allocatedStorage"))
    if before is None or after is None or after >= before:
        return None
    return f"RDS cannot make storage smaller: it has {before:g} GiB, and {after:g} are asked for"


def _engine_version_lowered(old: _Inputs, new: _Inputs) -> str | None:
    """RDS ModifyDBInstance: upgrades only; a version is compared as far as both state it."""
    before, after = version(old.get("engineVersion")), version(new.get("engineVersion"))
    if before is None or after is None:
        return None
    digits = min(len(before), len(after))
    if after[:digits] >= before[:digits]:
        return None
    return f"RDS cannot go back from version {old['engineVersion']} to {new['engineVersion']}"


def _major_version_without_leave(old: _Inputs, new: _Inputs) -> str | None:
    """RDS ModifyDBInstance, AllowMajorVersionUpgrade: must be on for another major version."""
    before, after = version(old.get("engineVersion")), version(new.get("engineVersion"))
    if before is None or after is None or after[0] <= before[0]:
        return None
    if new.get("allowMajorVersionUpgrade") in (True, UNKNOWN):
        return None
    return f"RDS upgrades to the major version {after[0]} only with allowMajorVersionUpgrade"


def _valkey_without_version(old: _Inputs, new: _Inputs) -> str | None:
    """elasticache/replication_group.go, resourceReplicationGroupUpdate."""
    if new.get("engine") != "valkey" or old.get("engine") in ("valkey", UNKNOWN):
        return None
    stated = new.get("engineVersion")
    if stated is UNKNOWN or stated not in (None, old.get("engineVersion")):
        return None
    return "the provider changes the engine to valkey only together with engineVersion"


def _table_key_of_another_type(old: _Inputs, new: _Inputs) -> str | None:
    """dynamodb/table.go, resourceTable: another type neither replaces the table nor is it sent."""
    types = [
        {one["name"]: one["type"] for one in values.get("attributes", ()) if isinstance(one, Mapping)}
        for values in (old, new)
    ]
    for key in ("hashKey", "rangeKey"):
        name = old.get(key)
        before, after = (of_phase.get(name) for of_phase in types)
        if name == new.get(key) and None not in (before, after) and before != after:
            return f"DynamoDB keeps the type of {name}, a key of the table: name a new attribute, in a new table"
    return None


def _expires_by_another_attribute(old: _Inputs, new: _Inputs) -> str | None:
    """DynamoDB UpdateTimeToLive: one attribute at a time; a change takes up to an hour."""
    before, after = old.get("ttl"), new.get("ttl")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping) or not before.get("enabled"):
        return None
    names = before.get("attributeName"), after.get("attributeName")
    if UNKNOWN in names or names[0] == names[1]:
        return None
    return f"items expire by {names[0]}: switch that off with an `up` of its own, and wait an hour"


_RULES: dict[str, tuple[_Rule, ...]] = {
    "aws:dynamodb/table:Table": (_table_key_of_another_type, _expires_by_another_attribute),
    "aws:rds/instance:Instance": (
        _storage_grows_past_striping,
        _iops_of_a_small_volume,
        _storage_shrinks,
        _engine_version_lowered,
        _major_version_without_leave,
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": (_valkey_without_version,),
}
