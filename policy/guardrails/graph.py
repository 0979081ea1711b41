"""The stack as a graph: which resources a property refers to, by id where ids are known, else by dependency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .resource import Resource
from .types import is_external, normalise
from .values import ABSENT, UNKNOWN, Node

_NAMES_IN_OUTPUTS = ("id", "arn", "name", "bucket", "keyId", "defaultRouteTableId", "mainRouteTableId")
# A property may depend on these beside the ids that it holds; they never supply the ids.
_NO_ID_SOURCES = ("ec2/securityGroup", "ec2/vpc", "iam/role", "kms/key")
_NAMES_IN_INPUTS = ("name", "bucket", "identifier", "clusterIdentifier", "replicationGroupId")


@dataclass(frozen=True, slots=True)
class Reference:
    """What one element of a property refers to.

    `certain`: it is `candidates[0]`. Otherwise it is one of the candidates or, when `outside`, a resource that this
    stack does not manage (`literal` is its id where that is known).
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
        """The resources by id, ARN and explicit name."""
        index: dict[str, list[Resource]] = {}
        for resource in self.resources:
            for name in set(_own_names(resource)):
                index.setdefault(name, []).append(resource)
        return index

    def named(self, name: str, types: Iterable[str]) -> Resource | None:
        """The resource of one of these types with this id, ARN or name."""
        by_type = {normalise(resource.type): resource for resource in reversed(self._by_name.get(name, ()))}
        return next((by_type[kind] for kind in types if kind in by_type), None)

    def depends_on(self, resource: Resource, prop: str) -> tuple[Resource, ...]:
        """The resources of this stack that a top-level property's value comes from."""
        urns = resource.property_dependencies.get(prop, ())
        return tuple(self.by_urn[urn] for urn in urns if urn in self.by_urn)

    def sources(self, resource: Resource, prop: str, types: Iterable[str]) -> tuple[Resource, ...]:
        """The resources of the given types that a property's value comes from."""
        kinds = tuple(types)
        return tuple(source for source in self.depends_on(resource, prop) if normalise(source.type) in kinds)

    def comes_from_outside(self, resource: Resource, prop: str) -> bool:
        """True when a property's value may come from another stack."""
        urns = resource.property_dependencies.get(prop, ())
        return any(urn not in self.by_urn or is_external(self.by_urn[urn].type) for urn in urns)

    def references(self, resource: Resource, path: str, types: Sequence[str]) -> list[Reference]:
        """What each element at `path` refers to, among the given types; empty when it is absent."""
        return self.resolve(resource, _leaves(resource.at(path)), types)

    def resolve(self, resource: Resource, nodes: Sequence[Node], types: Sequence[str]) -> list[Reference]:
        """As `references`, for the given elements."""
        nodes = [node for node in nodes if node.value is not ABSENT and node.value != ""]
        if not nodes:
            return []
        prop = nodes[0].path.partition(".")[0].partition("[")[0]
        known = {id(node): self._known(node, types) for node in nodes}
        matched = {target.urn for target in known.values() if target}
        sources = [source for source in self.sources(resource, prop, types) if source.urn not in matched]
        open_nodes = [node for node in nodes if node.value is UNKNOWN]
        if not open_nodes and sources and _names_are_inconclusive(resource, types):
            open_nodes = [node for node in nodes if known[id(node)] is None]
        whole_list = len(open_nodes) == 1 and open_nodes[0].path.endswith("s")  # the list as one value: `subnetIds`
        paired = len(sources) == len(open_nodes) and not whole_list and self._only(resource, prop, types)
        outside = self.comes_from_outside(resource, prop)
        pairs = iter(sources)
        references = []
        for node in nodes:
            is_open = any(node is item for item in open_nodes)
            pair = next(pairs) if paired and is_open else None
            # Dependencies are unordered: which of several elements has which source is not known.
            path = node.path.rpartition("[")[0] if pair and len(sources) > 1 else node.path
            value = UNKNOWN if is_open else node.value
            references.append(_reference(Node(value, path), known[id(node)] or pair, sources, outside))
        return references

    def _known(self, node: Node, types: Sequence[str]) -> Resource | None:
        return self.named(node.value, types) if isinstance(node.value, str) else None

    def _only(self, resource: Resource, prop: str, types: Sequence[str]) -> bool:
        """True when these elements have no other sources, so that each can be paired with one."""
        urns = resource.property_dependencies.get(prop, ())
        return all(urn in self.by_urn and normalise(self.by_urn[urn].type) in (*types, *_NO_ID_SOURCES) for urn in urns)


def _reference(node: Node, exact: Resource | None, sources: Sequence[Resource], outside: bool) -> Reference:
    if exact is not None:
        return Reference(node.path, (exact,), certain=True)
    if isinstance(node.value, str):
        return Reference(node.path, outside=True, literal=node.value)
    return Reference(node.path, tuple(sources), certain=False, outside=outside or not sources)


def _names_are_inconclusive(resource: Resource, types: Sequence[str]) -> bool:
    """True when a name that no resource of the stack has may still be the name of a dependency.

    EC2 resources are referred to by id only. Where a program sends no property dependencies, the engine puts all
    dependencies on every property, so that nothing follows for a single one.
    """
    dependency_sets = {frozenset(urns) for urns in resource.property_dependencies.values()}
    same_for_all = len(dependency_sets) == 1 and 1 < len(resource.inputs) <= len(resource.property_dependencies)
    return not same_for_all and not any(kind.startswith("ec2/") for kind in types)


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
