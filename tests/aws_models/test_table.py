"""The table names what exists: types and properties of the SDK, operations, members and words of the models."""

from __future__ import annotations

import html
import importlib
import re
from collections.abc import Iterator

import pytest
from botocore.model import Shape, StructureShape
from pulumi import _types

from preview.schema import resource_class
from tests.aws_models import shapes
from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation
from tests.aws_models.table import OPERATIONS, UNCOVERED

TABLE = [pytest.param(token, OPERATIONS[token], id=token) for token in sorted(OPERATIONS)]


def inputs_of(token: str) -> set[str]:
    """The input properties of a resource type, by Pulumi name."""
    cls = resource_class(token)
    assert cls is not None, token
    module, name = importlib.import_module(cls.__module__), cls.__name__
    # Where a nested type has taken the usual name, the SDK calls it otherwise.
    args = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return set(_types.input_type_py_to_pulumi_names(args).values())


@pytest.mark.parametrize(("token", "operation"), TABLE)
def test_properties_exist(token: str, operation: Operation) -> None:
    named = {path.partition(".")[0] for path in (*operation.members, *operation.ignored, *operation.words)}
    assert named - inputs_of(token) == set()
    assert set(operation.documents) <= inputs_of(token)


@pytest.mark.parametrize(("token", "operation"), TABLE)
def test_members_exist(token: str, operation: Operation) -> None:
    top = shapes.input_of(operation.service, operation.name)
    root = shapes.element(shapes.resolve(top, operation.root))
    assert isinstance(root, StructureShape)
    for prop in sorted(operation.members):
        assert member(operation, root, prop, token.rpartition(":")[2]) is not None, prop
    for path in operation.documents.values():
        shapes.resolve(top, path)


@pytest.mark.parametrize(("token", "operation"), TABLE)
def test_some_property_maps(token: str, operation: Operation) -> None:
    root = shapes.element(shapes.resolve(shapes.input_of(operation.service, operation.name), operation.root))
    assert isinstance(root, StructureShape)
    kind = token.rpartition(":")[2]
    assert [prop for prop in inputs_of(token) if member(operation, root, prop, kind) is not None]


def limits() -> Iterator[tuple[str, str, Limit]]:
    for token, operation in sorted(OPERATIONS.items()):
        for prop, limit in operation.words.items():
            yield operation.service, f"{token} {prop}", limit


@pytest.mark.parametrize(("service", "where", "limit"), [pytest.param(*each, id=each[1]) for each in limits()])
def test_aws_says_so(service: str, where: str, limit: Limit) -> None:
    operation, _, path = limit.found.partition(":")
    parent, _, name = path.rpartition(".")
    holder = shapes.element(shapes.resolve(shapes.input_of(service, operation), parent))
    assert isinstance(holder, StructureShape), where
    assert limit.says in words(shapes.members(holder)[name]) + words(holder)


def test_a_type_is_covered_or_not() -> None:
    assert set(OPERATIONS) & set(UNCOVERED) == set()


def member(operation: Operation, root: StructureShape, prop: str, kind: str) -> Shape | None:
    """The member that a property path leads to, as the walk finds it."""
    shape: Shape | None = root
    done = ""
    for key in prop.split("."):
        inner = shapes.element(shape) if shape is not None else None
        if not isinstance(inner, StructureShape):
            return None
        done = f"{done}.{key}" if done else key
        path = operation.members.get(done)
        if path is None:
            shape = shapes.find(inner, key, kind if done == key else "")
            continue
        other, _, rest = path.rpartition(":")
        shape = shapes.resolve(shapes.input_of(operation.service, other) if other else inner, rest)
    return shape


def words(shape: Shape) -> str:
    """The documentation without its markup; a paragraph ends with a space."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", shape.documentation.replace("</p>", " "))).split())
