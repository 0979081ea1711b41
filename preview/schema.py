"""What the SDK's own classes declare about a resource type."""

from __future__ import annotations

import importlib
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from pulumi import _types
from pulumi.runtime import rpc

__all__ = ["OutputType", "declared", "is_taggable", "resource_class"]

_PACKAGES = {"aws": "pulumi_aws", "awsx": "pulumi_awsx", "random": "pulumi_random"}


@dataclass(frozen=True, slots=True)
class OutputType:
    """An output property: its Python type, and whether the provider may leave it out."""

    type: Any
    optional: bool


@cache
def resource_class(token: str) -> type | None:
    """The SDK class of `token` (`aws:rds/instance:Instance`), or None for a component of this program."""
    package, _, rest = token.partition(":")
    if package not in _PACKAGES:
        return None
    importlib.import_module(_PACKAGES[package])
    module = rest.rpartition(":")[0]
    for registered in rpc._RESOURCE_MODULES.get(f"{package}:{module}", []):
        info = typing.cast("Any", registered).mod_info
        if token in info["classes"]:
            return getattr(importlib.import_module(info["fqn"]), info["classes"][token])
    return None


@cache
def declared(token: str) -> dict[str, OutputType]:
    """The output properties that the class of `token` declares, by Pulumi name."""
    cls = resource_class(token)
    if cls is None:
        return {}
    optional = {
        getattr(member.fget, "_pulumi_name", name)
        for name in dir(cls)
        if isinstance(member := getattr(cls, name, None), property) and _is_optional(member)
    }
    return {name: OutputType(type_, name in optional) for name, type_ in _types.resource_types(cls).items()}


@cache
def is_taggable(token: str) -> bool:
    """Whether the provider merges its default tags into this type: one with both `tags` and `tagsAll`."""
    cls = resource_class(token)
    return isinstance(getattr(cls, "tags_all", None), property)


def _is_optional(member: property) -> bool:
    returned = getattr(member.fget, "__annotations__", {}).get("return")
    inner = typing.get_args(returned)
    return bool(inner) and type(None) in typing.get_args(inner[0])
