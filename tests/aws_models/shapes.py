"""The shapes of AWS's operations, and their members by the names that Pulumi gives them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape

__all__ = [
    "element",
    "entry",
    "find",
    "input_of",
    "item",
    "limits",
    "members",
    "output_of",
    "patterns_of",
    "plain",
    "resolve",
]

_LOADER = Loader()
_TWO_LETTERS = ("sses", "xes", "ches", "shes")


@cache
def _service(name: str) -> ServiceModel:
    """The newest model of a service."""
    return ServiceModel(_LOADER.load_service_model(name, "service-2"), name)


@cache
def input_of(service_name: str, operation: str) -> StructureShape:
    """What an operation takes."""
    shape = cast("Any", _service(service_name).operation_model(operation)).input_shape
    if not isinstance(shape, StructureShape):
        raise LookupError(f"{service_name}:{operation} takes nothing")
    return shape


@cache
def output_of(service_name: str, operation: str) -> StructureShape | None:
    """What an operation answers, if anything."""
    shape = cast("Any", _service(service_name).operation_model(operation)).output_shape
    return shape if isinstance(shape, StructureShape) else None


def patterns_of(service_name: str) -> list[str]:
    """Every pattern in the model of a service."""
    model = cast("Any", _service(service_name))
    found = (limits(model.shape_for(name)).get("pattern") for name in model.shape_names)
    return sorted({pattern for pattern in found if pattern})


@cache
def find(shape: StructureShape, prop: str, kind: str = "") -> Shape | None:
    """The member that `prop` names, case and plural apart, alone or after the name of the resource's `kind`."""
    by_name = _names(shape)
    for wanted in (plain(prop), singular(prop), plain(kind + prop), singular(kind + prop)):
        if wanted in by_name:
            return members(shape)[by_name[wanted]]
    return None


def resolve(shape: Shape, path: str) -> Shape:
    """The shape at a member path, which passes through lists and maps.

    Errors: LookupError for a path that leads nowhere.
    """
    for name in path.split(".") if path else ():
        inner = element(shape)
        if not isinstance(inner, StructureShape) or name not in members(inner):
            raise LookupError(f"{inner.name} has no member {name}")
        shape = members(inner)[name]
    return shape


# botocore's lazy properties have no types; these have.
def members(shape: StructureShape) -> dict[str, Shape]:
    """The members of a structure by name."""
    return cast("Any", shape).members


def item(shape: ListShape) -> Shape:
    """What a list consists of."""
    return cast("Any", shape).member


def entry(shape: MapShape) -> tuple[Shape, Shape]:
    """Key and value of a map."""
    untyped = cast("Any", shape)
    return untyped.key, untyped.value


def limits(shape: Shape) -> dict[str, Any]:
    """The limits of a shape: `enum`, `pattern`, `min`, `max`."""
    return cast("Any", shape).metadata


def element(shape: Shape) -> Shape:
    """What a list or map, at whatever depth, consists of; any other shape itself."""
    while isinstance(shape, ListShape | MapShape):
        shape = item(shape) if isinstance(shape, ListShape) else entry(shape)[1]
    return shape


def plain(name: str) -> str:
    """`name` in lower case, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def singular(name: str) -> str:
    """`plain` without the plural's ending."""
    text = plain(name)
    if text.endswith("ies"):
        return text[:-3] + "y"
    if text.endswith(_TWO_LETTERS):
        return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith(("ss", "us", "is")) else text


@cache
def _names(shape: StructureShape) -> dict[str, str]:
    exact = {plain(name): name for name in members(shape)}
    return {singular(name): name for name in members(shape)} | exact
