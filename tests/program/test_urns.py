"""No resource of a shipped stack loses its URN or its identity unnoticed, and the check itself notices what it must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview.plan import Phase
from preview.transition.facts.replacing import REPLACING, REVISIONS
from preview.transition.facts.stateful import STATEFUL
from tests.program import urn_snapshot
from tests.program.stateful import STATELESS
from tests.program.urn_snapshot import CHANGED, NEW, RENAMED, Line, faults
from tests.recording import record
from tests.stacks import FILES, planned

NAMES = [path.as_posix() for path in FILES]
PREFIX = "urn:pulumi:test::agent-platform::"
STORE = "agent-platform:data:Store"
DATABASE = f"{PREFIX}{STORE}$aws:rds/instance:Instance::main"
KEY = f"{PREFIX}{STORE}$aws:kms/key:Key::main-key"
CANARY = "canary-62fd-never-show"


@pytest.mark.parametrize("name", NAMES)
def test_urns_and_identities_are_those_of_the_snapshot(name: str) -> None:
    plan = planned(name)
    path = urn_snapshot.path_of(plan.stack)
    text = faults(urn_snapshot.read(path), plan.phases["preview"])
    assert not text, f"tests/program/urns/{path.name}:\n{text}"


def test_each_file_is_sorted_and_of_a_shipped_stack() -> None:
    files = {path.name: path for path in urn_snapshot.FOLDER.iterdir()}
    assert set(files) == {f"{planned(name).stack}.txt" for name in NAMES}
    for path in files.values():
        urns = [Line.parse(text).urn for text in path.read_text().splitlines()]
        assert urns == sorted(set(urns))


def test_every_type_is_decided_once() -> None:
    stateless = [type_ for types in STATELESS.values() for type_ in types]
    decided = [*STATEFUL, *stateless]
    undecided = {*REPLACING, *REVISIONS} - set(decided)
    where = "preview/transition/facts/stateful.py or tests/program/stateful.py"
    assert not undecided, f"decide in {where} what a replacement would lose of {sorted(undecided)}"
    assert len(decided) == len(set(decided))
    assert set(decided) - {*REPLACING, *REVISIONS} == {"pulumi:providers:aws"}
    shipped = {r.type for name in NAMES for r in planned(name).phases["preview"].records if r.custom}
    assert shipped - set(decided) == set()


class Store(pulumi.ComponentResource):
    """A component with a database and its key."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **change: Any) -> None:
        super().__init__(change.get("type", STORE), name, None, opts)
        aliases = change.get("aliases", {})

        def child(role: str) -> pulumi.ResourceOptions:
            return pulumi.ResourceOptions(parent=self, aliases=aliases.get(role))

        key = aws.kms.Key(change.get("key", f"{name}-key"), opts=child("key"))
        aws.rds.Instance(
            change.get("database", name),
            instance_class=change.get("instance_class", "db.t4g.micro"),
            identifier=change.get("identifier", "main"),
            kms_key_id=key.arn,
            username=change.get("username"),
            password=pulumi.Output.secret(CANARY),
            opts=child("database"),
        )
        self.register_outputs({})


def phase(program: Callable[[], Any]) -> Phase:
    return record(program).phases["preview"]


@cache
def before() -> dict[str, Line]:
    """The snapshot of the unchanged store."""
    return {line.urn: line for line in map(urn_snapshot.line_of, phase(lambda: Store("main")).records)}


def faults_after(opts: pulumi.ResourceOptions | None = None, name: str = "main", **change: Any) -> str:
    """The faults of a changed store against the snapshot of the first one."""
    return faults(before(), phase(lambda: Store(name, opts, **change)))


def sections(text: str) -> Iterator[str]:
    """Which faults there are."""
    yield from (name for name, title in (("lost", RENAMED), ("changed", CHANGED), ("new", NEW)) if title in text)


def test_the_same_program_has_no_fault() -> None:
    assert faults_after() == ""


def test_what_identifies_a_database_is_in_its_line_and_its_password_is_not() -> None:
    assert before()[DATABASE].identity == {"identifier": "main", "kmsKeyId": KEY}
    assert before()[f"{PREFIX}{STORE}::main"].identity is None
    assert not [line for line in before().values() if CANARY in str(line)]
    assert all(Line.parse(str(line)) == line for line in before().values())


def test_a_renamed_resource_without_an_alias_is_lost() -> None:
    text = faults_after(database="primary")
    assert list(sections(text)) == ["lost", "new"]
    assert f"    {DATABASE}" in text.splitlines()
    assert 'self.child_opts(aliases=[pulumi.Alias(name="old-name")])' in text
    assert "delete its line by hand" in text
    assert "make urns" in text


def test_a_renamed_resource_with_an_alias_is_not_lost() -> None:
    aliases = {"database": [pulumi.Alias(name="main")], "key": [pulumi.Alias(name="main-key")]}
    renamed = phase(lambda: Store("main", database="primary", key="encryption", aliases=aliases))
    assert list(sections(faults(before(), renamed))) == ["new"]
    added = {record.urn: urn_snapshot.line_of(record) for record in renamed.records}
    assert faults({**added, **before()}, renamed) == ""


def test_children_of_a_renamed_component_inherit_its_alias() -> None:
    assert list(sections(faults_after(name="primary"))) == ["lost", "new"]
    options = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="main")])
    assert list(sections(faults_after(options, name="primary"))) == ["new"]
    options = pulumi.ResourceOptions(aliases=[pulumi.Alias(type_=STORE)])
    assert list(sections(faults_after(options, type="agent-platform:data:Shop"))) == ["new"]


def test_a_changed_identifier_of_a_database_is_reported() -> None:
    text = faults_after(identifier="primary")
    assert list(sections(text)) == ["changed"]
    assert f'    {DATABASE} (a database): identifier was "main", and is "primary"' in text.splitlines()


def test_an_identity_input_that_is_added_is_reported() -> None:
    assert 'username was not set, and is "admin"' in faults_after(username="admin")


def test_an_alias_does_not_excuse_a_changed_identity() -> None:
    text = faults_after(database="primary", identifier="primary", aliases={"database": [pulumi.Alias(name="main")]})
    assert list(sections(text)) == ["changed", "new"]


def test_a_change_that_replaces_nothing_is_no_fault() -> None:
    assert faults_after(instance_class="db.t4g.large") == ""


def test_new_lines_are_added_and_no_other_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "urns" / "test.txt"
    records = phase(lambda: Store("main")).records
    assert urn_snapshot.add_new(path, records) == len(records)
    assert urn_snapshot.read(path) == before()
    old = path.read_text().splitlines()
    later = phase(lambda: (Store("main", identifier="other"), aws.sns.Topic("alerts"))).records
    assert urn_snapshot.add_new(path, later) == 1
    after = path.read_text().splitlines()
    assert [line for line in after if line not in old] == [f"{PREFIX}aws:sns/topic:Topic::alerts {{}}"]
    assert [line for line in after if line in old] == old
    assert urn_snapshot.add_new(path, records) == 0
    assert path.read_text().splitlines() == after
