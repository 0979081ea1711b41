"""The earlier URNs of a resource, from the aliases of its registration, as the engine computes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from preview.plan import STACK_TYPE

__all__ = ["alias_urns"]

MakeUrn = Callable[[str, str, str], str]


def alias_urns(request: Any, make_urn: MakeUrn, parent_aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Every URN that the resource of `request` may have in the state, beside its own.

    `make_urn` makes a URN of a parent's URN, a type and a name. A parent's aliases are passed on to its children,
    whose names begin with the parent's; the engine does the same, so that a component is renamed in one place.
    """
    own = [*request.aliasURNs, *(urn for alias in request.aliases for urn in _urns(alias, request, make_urn))]
    parent_name = request.parent.rpartition("::")[2]
    names = [(request.type, request.name), *((_type(urn), urn.rpartition("::")[2]) for urn in own)]
    inherited = [
        make_urn(parent, type_, _renamed(name, parent_name, parent.rpartition("::")[2]))
        for parent in parent_aliases
        for type_, name in names
    ]
    return tuple(dict.fromkeys((*own, *inherited)))


def _urns(alias: Any, request: Any, make_urn: MakeUrn) -> Iterator[str]:
    """The URN of one alias; what an alias leaves out is as it is now."""
    if alias.urn:
        yield alias.urn
        return
    spec = alias.spec
    parent = "" if spec.noParent else spec.parentUrn or request.parent
    urn = make_urn(parent, spec.type or request.type, spec.name or request.name)
    if parent and _type(parent) != STACK_TYPE:
        yield urn
        return
    # Another stack or project counts for what has no parent; else the parent's URN says it.
    scheme, project, tail = urn.split("::", 2)
    stack = spec.stack or scheme.rpartition(":")[2]
    yield f"urn:pulumi:{stack}::{spec.project or project}::{tail}"


def _type(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]


def _renamed(name: str, parent: str, old_parent: str) -> str:
    """The name that a child had when its parent had another."""
    return old_parent + name.removeprefix(parent) if name.startswith(parent) else name
