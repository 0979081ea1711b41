"""The table names what exists: types and properties of the SDK, operations, members and words of the models."""

from __future__ import annotations

import html
import importlib
import re

import pytest
from botocore.model import Shape, StructureShape
from pulumi import _types

from preview.schema import resource_class
from tests.aws_models import shapes
from tests.aws_models.operation import Operation
from tests.aws_models.table import (
    OPERATIONS,
    UNCOVERED,
    ai,
    compute,
    data,
    edge,
    eks,
    identity,
    network,
    observability,
    storage,
)

AREAS = [ai, compute, data, edge, eks, identity, network, observability, storage]

areas = pytest.mark.parametrize(
    "operations", [area.OPERATIONS for area in AREAS], ids=[area.__name__.rpartition(".")[2] for area in AREAS]
)


def inputs_of(token: str) -> set[str]:
    """The input properties of a resource type, by Pulumi name."""
    cls = resource_class(token)
    assert cls is not None, token
    module, name = importlib.import_module(cls.__module__), cls.__name__
    # Where a nested type has taken the usual name, the SDK calls it otherwise.
    args = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return set(_types.input_type_py_to_pulumi_names(args).values())


@areas
def test_properties_exist(operations: dict[str, Operation]) -> None:
    missing = {
        token: {path.partition(".")[0] for path in named_in(operation)} - inputs_of(token)
        for token, operation in operations.items()
    }
    assert {token: names for token, names in missing.items() if names} == {}


@areas
def test_members_exist(operations: dict[str, Operation]) -> None:
    for token, operation in operations.items():
        # At the top, words may be of a property that has no member, such as an attribute of a load balancer.
        inner = {path for path in (*operation.words, *operation.documents) if "." in path}
        for prop in sorted(inner | set(operation.members)):
            assert member(operation, prop, token) is not None, f"{token} {prop}"


@areas
def test_some_property_maps(operations: dict[str, Operation]) -> None:
    for token, operation in operations.items():
        assert any(member(operation, prop, token) is not None for prop in sorted(inputs_of(token))), token


@areas
def test_aws_says_so(operations: dict[str, Operation]) -> None:
    silent = [
        f"{token} {prop}"
        for token, operation in operations.items()
        for prop, limit in operation.words.items()
        if limit.says not in words(operation.service, limit.found)
    ]
    assert silent == []


def test_a_type_stands_in_the_table_once() -> None:
    assert len(OPERATIONS) == sum(len(area.OPERATIONS) for area in AREAS)
    assert set(OPERATIONS) & set(UNCOVERED) == set()


def named_in(operation: Operation) -> set[str]:
    """Every property path that an entry of the table names."""
    return {*operation.members, *operation.documents, *operation.words, *operation.ignored}


def member(operation: Operation, prop: str, token: str) -> Shape | None:
    """The member that a property path leads to, as the walk finds it."""
    shape: Shape | None = shapes.resolve(shapes.input_of(operation.service, operation.name), operation.root)
    done = ""
    for key in prop.split("."):
        inner = shapes.element(shape) if shape is not None else None
        if not isinstance(inner, StructureShape):
            return None
        done = f"{done}.{key}" if done else key
        path = operation.members.get(done)
        if path is None:
            shape = shapes.find(inner, key, token.rpartition(":")[2] if done == key else "")
            continue
        other, _, rest = path.rpartition(":")
        shape = shapes.resolve(shapes.input_of(operation.service, other) if other else inner, rest)
    return shape


def words(service: str, found: str) -> str:
    """What the model says at `Operation:member.path`, without markup; a paragraph ends with a space."""
    operation, _, path = found.partition(":")
    parent, _, name = path.rpartition(".")
    holder = shapes.element(shapes.resolve(shapes.input_of(service, operation), parent))
    assert isinstance(holder, StructureShape), found
    text = f"{shapes.members(holder)[name].documentation} {holder.documentation}"
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text.replace("</p>", " "))).split())
