"""Every stack is torn down as the docs say: `protect: false`, `up`, `destroy`; without the first two it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from preview.against import loss
from preview.plan import Phase, Plan, Record
from preview.transition import Transition, deletion_refused, of_records, transition
from preview.transition.deletions import aws_refuses
from preview.transition.facts.stateful import STATEFUL
from preview.transition.values import texts
from tests.program.test_variants import VARIANTS
from tests.recording import with_values
from tests.stacks import FILES, SMALL, varied

SUFFIX = "random:index/randomId:RandomId"
WINDOW, NO_KEYS = "changes wait for the window", "keys go, too"


def _windows(areas: dict[str, Any]) -> None:
    for store in areas["data"]["postgres"].values():
        store["apply"] = "window"


def _keys_go(areas: dict[str, Any]) -> None:
    areas["data"]["retain_keys"] = False


SHIPPED = {path.as_posix(): path.as_posix() for path in FILES}
OWN: dict[str, Callable[[], Plan]] = {
    WINDOW: lambda: varied(SMALL, _windows),
    NO_KEYS: lambda: varied(SMALL, _keys_go),
}
EVERY = pytest.mark.parametrize(
    "name", [*SHIPPED, *OWN, *(pytest.param(name, marks=pytest.mark.check) for name in VARIANTS)]
)


@cache
def deployed(name: str, *, protect: bool) -> Phase:
    """A stack with `protect` on, or off."""
    plan = varied(name, lambda areas: None) if name in SHIPPED else {**OWN, **VARIANTS}[name]()
    return with_values(plan, {"agent-platform:protect": str(protect).lower()}).phases["deployed"]


@cache
def unprotected(name: str) -> Transition:
    """What the first `up` does, which turns the protection off."""
    before, after = (of_records(deployed(name, protect=protect).records) for protect in (True, False))
    return transition(before, after)


def destroyed(name: str, *, protect: bool) -> Transition:
    return transition(of_records(deployed(name, protect=protect).records), [])


@EVERY
def test_straight_from_a_protected_stack_it_is_refused_by_name(name: str) -> None:
    resources = of_records(deployed(name, protect=True).records)
    by_aws = {r.urn for r in resources if not r.retain_on_delete and aws_refuses(r.type, r.inputs)}
    refused = {outcome.urn: outcome.refused for outcome in destroyed(name, protect=True).having("refused")}
    assert by_aws
    assert by_aws <= refused.keys()
    # Pulumi's own protection stops a destroy before the first deletion, AWS's would in the middle of it.
    assert {r.urn for r in resources if r.protect} == refused.keys()


@EVERY
def test_the_first_up_turns_every_protection_off_and_replaces_nothing(name: str) -> None:
    found = unprotected(name)
    assert found.of("replaced") == found.of("created") == []
    # Names of final snapshots, which nothing asks for any more.
    assert {outcome.type for outcome in found.of("deleted")} <= {SUFFIX}
    assert found.having("refused") == found.having("unapplied") == found.having("uncertain") == []
    assert [lost.text for outcome in found.outcomes.values() if (lost := loss(outcome))] == []
    guarded = [r for r in of_records(deployed(name, protect=True).records) if aws_refuses(r.type, r.inputs)]
    for resource in guarded:
        outcome = found.outcomes[resource.urn]
        assert outcome.action == "updated", resource.name
        assert not outcome.deferred, resource.name


@EVERY
def test_then_everything_is_deleted_but_the_data_key(name: str) -> None:
    resources = of_records(deployed(name, protect=False).records)
    assert [(r.name, reasons) for r in resources if (reasons := deletion_refused(r))] == []
    gone = destroyed(name, protect=False).of("deleted")
    kept = {(outcome.type.rpartition(":")[2], outcome.name) for outcome in gone if outcome.retained}
    assert kept <= {("Key", "data")} | ({("ParameterGroup", "main-parameters")} if name == WINDOW else set())
    assert ("Key", "data") not in kept or name != NO_KEYS


@EVERY
def test_what_refers_to_another_is_deleted_before_it(name: str) -> None:
    """Pulumi deletes what depends on a resource, and its children, first; a reference is a dependency in every case."""
    phase = deployed(name, protect=False)
    records = {record.urn: record for record in phase.records}
    marks: dict[str, str] = {mark: record.urn for record in phase.records for mark in _marks(record)}
    direct = {record.urn: _direct(record) for record in phase.records}

    @cache
    def before(urn: str) -> frozenset[str]:
        found = direct.get(urn, set())
        return frozenset(found).union(*map(before, found))

    missing = [
        (records[record.urn].name, records[urn].name)
        for record in phase.records
        if record.custom
        for text in texts(dict(record.inputs)).values()
        for mark, urn in marks.items()
        if mark in text and urn != record.urn and urn not in before(record.urn)
    ]
    assert missing == []


def _marks(record: Record) -> Iterator[str]:
    """The id and the ARN that AWS makes up for a resource."""
    if record.custom and record.type.startswith("aws:"):
        stated = set(texts(dict(record.inputs)).values())
        found = {record.id, record.outputs.get("arn")}
        yield from (mark for mark in found if isinstance(mark, str) and len(mark) >= 8 and mark not in stated)


def _direct(record: Record) -> set[str]:
    by_property = {urn for urns in record.property_dependencies.values() for urn in urns}
    return {*record.dependencies, *by_property, *([record.parent] if record.parent else [])}


def test_the_shipped_stacks_have_what_aws_refuses_to_delete() -> None:
    types = {r.type for name in SHIPPED for r in of_records(deployed(name, protect=True).records)
             if aws_refuses(r.type, r.inputs)}  # fmt: skip
    assert types == {
        "aws:backup/vault:Vault",
        "aws:ecr/repository:Repository",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
    }
    assert types <= STATEFUL.keys()
