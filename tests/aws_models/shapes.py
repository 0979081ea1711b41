"""The shapes of AWS's operations, and their members by the names that Pulumi gives them."""

from __future__ import annotations

import re
from functools import cache

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape

__all__ = ["find", "input_of", "plain", "resolve"]

_LOADER = Loader()
_TWO_LETTERS = ("sses", "xes", "ches", "shes")


@cache
def service(name: str) -> ServiceModel:
    """The newest model of a service."""
    return ServiceModel(_LOADER.load_service_model(name, "service-2"), name)


@cache
def input_of(service_name: str, operation: str) -> StructureShape:
    """What an operation takes."""
    shape = service(service_name).operation_model(operation).input_shape
    if shape is None:
        raise LookupError(f"{service_name}:{operation} takes nothing")
    return shape


@cache
def find(shape: StructureShape, prop: str, kind: str = "") -> Shape | None:
    """The member that `prop` names, case and plural apart, alone or after the name of the resource's `kind`."""
    by_name = _members(shape)
    for wanted in (plain(prop), singular(prop), plain(kind + prop), singular(kind + prop)):
        if wanted in by_name:
            return shape.members[by_name[wanted]]
    return None


def resolve(shape: Shape, path: str) -> Shape:
    """The shape at a member path, which passes through lists and maps.

    Errors: LookupError for a path that leads nowhere.
    """
    for name in path.split(".") if path else ():
        inner = element(shape)
        if not isinstance(inner, StructureShape) or name not in inner.members:
            raise LookupError(f"{inner.name} has no member {name}")
        shape = inner.members[name]
    return shape


def element(shape: Shape) -> Shape:
    """What a list or map, at whatever depth, consists of; any other shape itself."""
    while isinstance(shape, ListShape | MapShape):
        shape = shape.member if isinstance(shape, ListShape) else shape.value
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
def _members(shape: StructureShape) -> dict[str, str]:
    exact = {plain(name): name for name in shape.members}
    return {singular(name): name for name in shape.members} | exact
