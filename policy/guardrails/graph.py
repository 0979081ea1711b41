"""The stack as a graph: which resources a property names, by id where ids are known, else by dependency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .model import Resource
from .types import is_foreign, normalise
from .values import ABSENT, UNKNOWN, Node

_NAMES_IN_OUTPUTS = ("id", "arn", "name", "bucket", "keyId", "defaultRouteTableId", "mainRouteTableId")
_SILENT = (
    "ec2/securityGroup",
    "ec2/vpc",
    "iam/role",
    "kms/key",
)  # share a property with ids, never supply them
_NAMES_IN_INPUTS = ("name", "bucket", "identifier", "clusterIdentifier", "replicationGroupId")


@dataclass(frozen=True, slots=True)
class Reference:
    """What one element of a property points at.

    `certain`: exactly `candidates[0]`. Otherwise it is one of the candidates, or, when `outside`, something
    that this stack does not manage (`literal` holds its id where that is known).
    """

    path: str
    candidates: tuple[Resource, ...] = ()
    certain: bool = False
    outside: bool = False
    literal: str = ""


class Stack:
    """All resources of one evaluation, indexed; built once and shared by every graph rule."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self.resources = tuple(resources)
        self.by_urn: dict[str, Resource] = {resource.urn: resource for resource in self.resources}
        self.by_type: dict[str, list[Resource]] = {}
        for resource in self.resources:
            self.by_type.setdefault(normalise(resource.type), []).append(resource)
        self.memo: dict[Any, Any] = {}

    def of(self, *types: str) -> Iterator[Resource]:
        """Resources of these normalised types, in the stack's order."""
        for kind in types:
            yield from self.by_type.get(kind, ())

    @cached_property
    def _by_name(self) -> dict[str, list[Resource]]:
        """Every id, ARN and explicit name that a property may spell out."""
        index: dict[str, list[Resource]] = {}
        for resource in self.resources:
            for name in set(_own_names(resource)):
                index.setdefault(name, []).append(resource)
        return index

    def named(self, name: str, types: Iterable[str]) -> Resource | None:
        """The resource of one of these types that goes by this id, ARN or name."""
        found = {normalise(resource.type): resource for resource in reversed(self._by_name.get(name, ()))}
        return next((found[kind] for kind in types if kind in found), None)

    def depends_on(self, resource: Resource, prop: str) -> tuple[Resource, ...]:
        """The resources of this stack that a top-level property's value comes from."""
        urns = resource.property_dependencies.get(prop, ())
        return tuple(self.by_urn[urn] for urn in urns if urn in self.by_urn)

    def sources(self, resource: Resource, prop: str, types: Iterable[str]) -> tuple[Resource, ...]:
        """Those resources of the given types that a property's value comes from."""
        kinds = tuple(types)
        return tuple(found for found in self.depends_on(resource, prop) if normalise(found.type) in kinds)

    def comes_from_outside(self, resource: Resource, prop: str) -> bool:
        """True when a property's value may come from another stack."""
        urns = resource.property_dependencies.get(prop, ())
        return any(urn not in self.by_urn or is_foreign(self.by_urn[urn].type) for urn in urns)

    def references(self, resource: Resource, path: str, types: Sequence[str]) -> list[Reference]:
        """What each element at `path` points at, among the given types; nothing when it is absent."""
        return self.resolve(resource, _leaves(resource.at(path)), types)

    def resolve(self, resource: Resource, nodes: Sequence[Node], types: Sequence[str]) -> list[Reference]:
        """As `references`, for elements that the caller has picked."""
        nodes = [node for node in nodes if node.value is not ABSENT and node.value != ""]
        if not nodes:
            return []
        prop = nodes[0].path.partition(".")[0].partition("[")[0]
        known = {id(node): self._known(node, types) for node in nodes}
        taken = {found.urn for found in known.values() if found}
        sources = [source for source in self.sources(resource, prop, types) if source.urn not in taken]
        open_nodes = [node for node in nodes if node.value is UNKNOWN]
        if not open_nodes and sources and _names_tell_little(resource, types):
            open_nodes = [node for node in nodes if known[id(node)] is None]
        wholly = len(open_nodes) == 1 and open_nodes[0].path.endswith("s")  # the list itself: `subnetIds`
        paired = len(sources) == len(open_nodes) and not wholly and self._only(resource, prop, types)
        outside = self.comes_from_outside(resource, prop)
        pairs = iter(sources)
        found = []
        for node in nodes:
            is_open = any(node is item for item in open_nodes)
            pair = next(pairs) if paired and is_open else None
            # Dependencies are unordered: several elements are each some source, and nobody knows which.
            path = node.path.rpartition("[")[0] if pair and len(sources) > 1 else node.path
            value = UNKNOWN if is_open else node.value
            found.append(_reference(Node(value, path), known[id(node)] or pair, sources, outside))
        return found

    def _known(self, node: Node, types: Sequence[str]) -> Resource | None:
        return self.named(node.value, types) if isinstance(node.value, str) else None

    def _only(self, resource: Resource, prop: str, types: Sequence[str]) -> bool:
        """True when nothing else could feed these elements, so that each can be paired with one source."""
        urns = resource.property_dependencies.get(prop, ())
        return all(urn in self.by_urn and normalise(self.by_urn[urn].type) in (*types, *_SILENT) for urn in urns)


def _reference(node: Node, exact: Resource | None, sources: Sequence[Resource], outside: bool) -> Reference:
    if exact is not None:
        return Reference(node.path, (exact,), certain=True)
    if isinstance(node.value, str):
        return Reference(node.path, outside=True, literal=node.value)
    return Reference(node.path, tuple(sources), certain=False, outside=outside or not sources)


def _names_tell_little(resource: Resource, types: Sequence[str]) -> bool:
    """True when a text that nothing in the stack goes by may still be the name of what it depends on.

    EC2 resources are named by id only. Where a program sends no property dependencies, the engine puts all
    dependencies on every property, so that they say nothing of a single one.
    """
    sets = {frozenset(urns) for urns in resource.property_dependencies.values()}
    filled_in = len(sets) == 1 and 1 < len(resource.inputs) <= len(resource.property_dependencies)
    return not filled_in and not any(kind.startswith("ec2/") for kind in types)


def _leaves(node: Node) -> list[Node]:
    if isinstance(node.value, list):
        return [item for item in node.items() if item.value is not ABSENT]
    return [] if node.absent else [node]


def _own_names(resource: Resource) -> Iterator[str]:
    if resource.id:
        yield resource.id
    for tree, keys in ((resource.outputs, _NAMES_IN_OUTPUTS), (resource.inputs, _NAMES_IN_INPUTS)):
        if isinstance(tree, Mapping):
            for key in keys:
                name = tree.get(key)
                if isinstance(name, str) and name:
                    yield name
