"""What AWS refuses to delete, by the inputs that a resource has."""

from __future__ import annotations

from typing import Any

import pytest

from preview.schema import declared
from preview.transition import Resource, deletion_refused
from preview.transition.deletions import aws_refuses
from preview.transition.facts.deletions import CONTENTS, FINAL_SNAPSHOTS, GUARDS
from preview.wire import UNKNOWN

BUCKET, DATABASE = "aws:s3/bucket:Bucket", "aws:rds/instance:Instance"


def made(type_: str, *, protect: bool = False, retain_on_delete: bool = False, **inputs: Any) -> Resource:
    urn = f"urn:pulumi:dev::p::{type_}::main"
    return Resource(urn=urn, type=type_, inputs=inputs, protect=protect, retain_on_delete=retain_on_delete)


@pytest.mark.parametrize("type_", [*CONTENTS, *FINAL_SNAPSHOTS])
def test_every_property_exists(type_: str) -> None:
    stated = {CONTENTS[type_].unless} if type_ in CONTENTS else {"skipFinalSnapshot", "finalSnapshotIdentifier"}
    assert stated <= declared(type_).keys()


@pytest.mark.parametrize("type_", CONTENTS)
def test_what_holds_something_is_deleted_only_with_its_contents(type_: str) -> None:
    holds, unless, _ = CONTENTS[type_]
    for inputs in ({}, {unless: False}):
        (reason,) = aws_refuses(type_, inputs)
        assert f"while it holds {holds}" in reason
        assert f"turn {unless} on" in reason
    assert aws_refuses(type_, {unless: True}) == aws_refuses(type_, {unless: UNKNOWN}) == ()


@pytest.mark.parametrize("guard", GUARDS)
@pytest.mark.parametrize("on", [True, "ACTIVE"])
def test_a_protection_of_aws_refuses(guard: str, on: object) -> None:
    (reason,) = aws_refuses("aws:x/y:Y", {guard: on})
    assert f"while {guard} is on" in reason
    assert aws_refuses("aws:x/y:Y", {guard: False}) == aws_refuses("aws:x/y:Y", {guard: "INACTIVE"}) == ()


def test_a_database_needs_the_name_of_its_final_snapshot() -> None:
    (reason,) = aws_refuses(DATABASE, {})
    assert "without a finalSnapshotIdentifier" in reason
    for inputs in ({"skipFinalSnapshot": True}, {"finalSnapshotIdentifier": UNKNOWN}):
        assert aws_refuses(DATABASE, inputs) == ()


def test_what_pulumi_protects_and_what_it_leaves_in_aws() -> None:
    assert [r.split(":")[0] for r in deletion_refused(made(BUCKET, protect=True, forceDestroy=True))] == [
        "it is protected"
    ]
    assert deletion_refused(made(BUCKET, retain_on_delete=True)) == ()
    assert len(deletion_refused(made(BUCKET, protect=True))) == 2


def test_the_guards_are_properties_of_the_types_that_the_stacks_have() -> None:
    types = {DATABASE: "deletionProtection", "aws:lb/loadBalancer:LoadBalancer": "enableDeletionProtection"}
    assert all(guard in declared(type_) for type_, guard in types.items())
