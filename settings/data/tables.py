"""Settings of DynamoDB tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.names import meant

__all__ = ["Capacity", "Index", "Table", "TableAccess", "TableName", "Ttl", "Units", "table_variable"]

TableAccess = Literal["read", "write", "read-write"]

TableName = Annotated[
    str,
    StringConstraints(max_length=48),
    matches(
        r"[a-z]([_-]?[a-z0-9])*",
        "is not a name of a table; write lower-case letters and digits, with single _ or - between, such as usage_logs",
    ),
]
IndexName = Annotated[
    str,
    StringConstraints(min_length=3, max_length=255),
    matches(r"[A-Za-z0-9_.-]+", "is not a name of an index; use letters, digits and _ . -, such as by_plan"),
]
AttributeName = Annotated[
    str,
    StringConstraints(max_length=255),
    matches(r"[A-Za-z0-9_.-]+", "is not a name of an attribute; use letters, digits and _ . -, such as user_id"),
]


def table_variable(name: str) -> str:
    """The environment variable that holds the name of the table called `name` in the settings."""
    return f"{name.upper().replace('-', '_')}_TABLE"


class Index(Model):
    """A global secondary index, which DynamoDB keeps up to date by itself; it is stored and billed like a table."""

    partition_key: AttributeName
    """The attribute that items are found by, one of `attributes`. Another one makes the index anew, in place."""
    sort_key: AttributeName | None = None
    """The attribute that orders items of the same partition key, one of `attributes`; by default none."""
    projection: Literal["all", "keys"] | Annotated[tuple[AttributeName, ...], Field(min_length=1, max_length=100)] = (
        "all"
    )
    """What it holds of an item: `all`, the `keys` only, or further attributes as a list, such as `[status, total]`. A
    change makes the index anew, in place."""


def _units(value: object) -> object:
    return {"min": value, "max": value} if isinstance(value, int) and not isinstance(value, bool) else value


class Units(Model):
    """Units of provisioned capacity: a unit is one read of 4 KB, or one write of 1 KB, a second."""

    min: Annotated[int, Field(ge=1, le=40000)]
    """Units at least; also what a new table begins with. One that was on demand may have 1 unit for some minutes."""
    max: Annotated[int, Field(ge=1, le=40000)]
    """Units at most; with more than `min`, DynamoDB scales the table between them."""

    @property
    def scales(self) -> bool:
        """Whether the capacity follows the load."""
        return self.max > self.min

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.max < self.min:
            refuse([Fault("max", f"is {self.max}, less than min {self.min}; write at least {self.min}")])
        return self


UnitsOrNumber = Annotated[Units, BeforeValidator(_units, json_schema_input_type=int | Units)]


class Capacity(Model):
    """Provisioned capacity of the table, and of each of its indexes."""

    read: UnitsOrNumber
    """Read units, about 0.09 USD a month each: a number such as `5`, or `{min: 5, max: 100}`."""
    write: UnitsOrNumber
    """Write units, about 0.47 USD a month each: a number such as `5`, or `{min: 5, max: 100}`."""
    target_percent: Annotated[int, Field(ge=20, le=90)] = 70
    """The share of the capacity that is used, which autoscaling aims at."""


class Ttl(Model):
    """Items that DynamoDB deletes by itself, within days after their time, free of charge."""

    attribute: AttributeName
    """The attribute with the time after which an item is deleted, as a number of seconds since 1970."""
    enabled: bool = True
    """Write `false` to switch it off, and wait an hour before you name another attribute; without `ttl`, the table
    keeps what it has."""


def _ttl(value: object) -> object:
    return {"attribute": value} if isinstance(value, str) else value


class Table(Model):
    """A DynamoDB table: encrypted, restorable to any second of the last weeks; paid by request (about 0.13 USD for a
    million reads and 0.63 for a million writes) and by size (0.25 USD a GB and month, 0.20 for recovery). Alarms cost
    0.60 USD a month, 0.20 more for each index."""

    attributes: Annotated[dict[AttributeName, Literal["string", "number", "binary"]], Field(min_length=1)]
    """Types of the attributes that are keys, of the table or of an index, such as `{user_id: string, at: number}`.
    Other attributes need no definition. DynamoDB never changes the type of a key of the table."""
    partition_key: AttributeName
    """The attribute that items are found by, one of `attributes`. Another one replaces the table by an empty one."""
    sort_key: AttributeName | None = None
    """The attribute that orders items of the same partition key, one of `attributes`; by default none. A change
    replaces the table by an empty one."""
    indexes: Annotated[dict[IndexName, Index], Field(max_length=20)] = {}
    """Global secondary indexes by name, such as `{by_plan: {partition_key: plan_id}}`. They are added and removed in
    place, one after the other; a large one takes hours."""
    ttl: Annotated[Ttl, BeforeValidator(_ttl, json_schema_input_type=AttributeName | Ttl)] | None = None
    """The attribute with the time after which an item is deleted, such as `expires_at`; by default items stay."""
    capacity: Capacity | None = None
    """Provisioned capacity, such as `{read: 5, write: 5}`; by default the table is paid by request and scales by
    itself. DynamoDB takes four changes from one to the other in a day."""
    recovery_days: Annotated[int, Field(ge=1, le=35)] = 35
    """Days back to which the table can be restored, to the second; the price is the same for all."""
    backup_plan: bool = False
    """In the stack's backup plan (`data.backup`), whose recovery points outlive the table; about 0.10 USD a GB and
    month."""
    alarm_throttled: Annotated[int, Field(ge=1)] = 10
    """Throttled reads, or writes, in five minutes from which an alarm fires; those of indexes count."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse([*self._key_faults(), *self._projection_faults(), *self._ttl_faults(), *self._capacity_faults()])
        return self

    def _keys(self) -> Iterator[tuple[str, str]]:
        """Where an attribute is named as a key, and its name."""
        for prefix, keyed in (("", self), *((f"indexes.{name}.", index) for name, index in self.indexes.items())):
            yield f"{prefix}partition_key", keyed.partition_key
            if keyed.sort_key is not None:
                yield f"{prefix}sort_key", keyed.sort_key

    def _key_faults(self) -> Iterator[Fault]:
        keys = list(self._keys())
        for key, name in keys:
            if name not in self.attributes:
                fix = meant(name, self.attributes)
                yield Fault(key, f"{name!r} is not in attributes, which give each key its type; {fix}")
        for key, name in keys:
            if key.endswith("sort_key") and (key.replace("sort_key", "partition_key"), name) in keys:
                yield Fault(key, f"is {name}, as partition_key is; name another attribute, or remove it")
        for name in self.attributes:
            if name not in [used for _, used in keys]:
                yield Fault(f"attributes.{name}", "is a key of neither table nor index; remove it, only keys are typed")

    def _projection_faults(self) -> Iterator[Fault]:
        table_keys = [self.partition_key, self.sort_key]
        for name, index in self.indexes.items():
            if isinstance(index.projection, str):
                continue
            for attribute in index.projection:
                if attribute in (*table_keys, index.partition_key, index.sort_key):
                    yield Fault(
                        f"indexes.{name}.projection",
                        f"names {attribute}, a key, which every index holds; remove it",
                    )

    def _ttl_faults(self) -> Iterator[Fault]:
        if self.ttl is None:
            return
        name = self.ttl.attribute
        if name in (self.partition_key, self.sort_key):
            yield Fault("ttl", f"is {name}, a key of the table, which an item cannot change; name another attribute")
        elif self.attributes.get(name, "number") != "number":
            yield Fault("ttl", f"is {name}, a {self.attributes[name]}; DynamoDB takes a number of seconds since 1970")

    def _capacity_faults(self) -> Iterator[Fault]:
        if self.capacity is None or not self.indexes:
            return
        for key in ("read", "write"):
            units: Units = getattr(self.capacity, key)
            if units.scales:
                yield Fault(
                    f"capacity.{key}",
                    f"scales from {units.min} to {units.max}, and `up` would set the capacity of the indexes back each "
                    f"time; write one number, such as {units.max}, or remove capacity to pay by request",
                )
