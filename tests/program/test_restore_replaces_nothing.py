"""A restore replaces nothing but the database that is restored, in every shipped stack."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from preview.against import loss
from preview.plan import Phase, PhaseName, Plan, Record
from preview.transition import of_records, transition
from preview.transition.changes import forces_replacement, is_ignored
from preview.transition.facts.replacing import REVISIONS
from preview.transition.facts.stateful import STATEFUL
from tests.stacks import FILES, planned, varied

INSTANCE = "aws:rds/instance:Instance"
NAMES = [path.as_posix() for path in FILES]
SOURCES: dict[str, dict[str, Any]] = {
    "snapshot": {"snapshot": "rds:of-before"},
    "point in time": {"point_in_time": {"source": "of-before", "at": "2026-01-02T03:04:05Z"}},
}
RESTORED = "restored"


def databases(name: str) -> list[str]:
    """The databases of a stack, by their logical names."""
    return sorted(record.name for record in planned(name).phases["preview"].of_type(INSTANCE))


WITH_DATABASE = [(name, database) for name in NAMES for database in databases(name)]
EVERY_RESTORE = pytest.mark.parametrize(
    ("name", "database", "source"),
    [pytest.param(name, database, source, marks=[] if source == "snapshot" else pytest.mark.check)
     for name, database in WITH_DATABASE for source in SOURCES],
)  # fmt: skip


@cache
def in_place(name: str, database: str, source: str) -> Plan:
    """The stack with `restore_from` on a database that it has."""

    def change(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"][database]["restore_from"] = SOURCES[source]

    return varied(name, change)


@cache
def beside(name: str, database: str, source: str) -> Plan:
    """The stack as the runbook says: the restored database next to the old one, and everybody connects to it."""

    def change(areas: dict[str, Any]) -> None:
        postgres = areas["data"]["postgres"]
        postgres[RESTORED] = {**deepcopy(postgres[database]), "restore_from": SOURCES[source]}
        for kind in ("services", "tasks"):
            for workload in areas["compute"].get(kind, {}).values():
                workload["connects_to"] = [_moved(to, database) for to in workload.get("connects_to", [])]

    return varied(name, change)


def _moved(to: Any, database: str) -> Any:
    if isinstance(to, dict):
        return {**to, "to": RESTORED} if to["to"] == database else to
    return RESTORED if to == database else to


def changes(before: Phase, after: Phase) -> Iterator[tuple[Record, str]]:
    """Each resource of both plans with an input that the engine would see as changed."""
    earlier = before.by_urn()
    for record in after.records:
        if record.custom and record.urn in earlier:
            old, new = (
                {k: v for k, v in r.inputs.items() if not is_ignored(k, record.ignore_changes)}
                for r in (earlier[record.urn], record)
            )
            yield from ((record, key) for key in sorted({*old, *new}) if old.get(key) != new.get(key))


def urns(phase: Phase) -> set[str]:
    return {record.urn for record in phase.records}


def test_every_stack_has_a_database() -> None:
    assert {name for name, _ in WITH_DATABASE} == set(NAMES)


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@EVERY_RESTORE
def test_a_source_changes_nothing_but_the_instance(name: str, database: str, source: str, phase: PhaseName) -> None:
    """The name, user and key are the source's, and so are the IOPS; all else of the stack stays as it is."""
    before, after = planned(name).phases[phase], in_place(name, database, source).phases[phase]
    assert urns(before) == urns(after)
    changed = {(record.type, record.name, key) for record, key in changes(before, after)}
    assert {(type_, logical) for type_, logical, _ in changed} == {(INSTANCE, database)}
    assert {key for *_, key in changed} <= {"dbName", "username", "kmsKeyId", "snapshotIdentifier", "iops",
                                            "restoreToPointInTime", "storageThroughput"}  # fmt: skip


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@EVERY_RESTORE
def test_a_restore_replaces_and_deletes_nothing_that_holds_data(
    name: str, database: str, source: str, phase: PhaseName
) -> None:
    before, after = planned(name).phases[phase], beside(name, database, source).phases[phase]
    gone = {record.type for record in before.records if record.urn in urns(before) - urns(after)}
    assert gone.isdisjoint(STATEFUL), "a store is deleted"
    replaced = {
        record.type
        for record, key in changes(before, after)
        if record.type not in REVISIONS and forces_replacement(record.type, key)
    }
    # The list of what the backup plan copies: AWS cannot update it, and the new one is made before the old one goes.
    assert replaced <= {"aws:backup/selection:Selection"}
    new = {record.name for record in after.of_type(INSTANCE)} - {record.name for record in before.of_type(INSTANCE)}
    assert new == {RESTORED}


@EVERY_RESTORE
def test_up_makes_the_restored_database_and_replaces_no_other_store(name: str, database: str, source: str) -> None:
    """What the transition says, as `--against` does; in place a source has no effect on a database that exists."""
    before = of_records(planned(name).phases["deployed"].records)
    held = transition(before, of_records(in_place(name, database, source).phases["deployed"].records))
    assert [outcome for outcome in held.notable() if outcome.type != INSTANCE] == []
    (instance,) = [outcome for outcome in held.outcomes.values() if outcome.type == INSTANCE]
    assert instance.action in ("same", "updated")
    assert not instance.refused
    found = transition(before, of_records(beside(name, database, source).phases["deployed"].records))
    assert [loss(outcome) for outcome in found.outcomes.values() if loss(outcome)] == []
    assert found.having("refused") == found.having("dangling") == found.having("unapplied") == []
    assert [outcome.name for outcome in found.of("created") if outcome.type == INSTANCE] == [RESTORED]
