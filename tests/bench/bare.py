"""The same registrations without the program: what the SDK alone costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws
from pulumi import _types

from preview.plan import Phase, Record
from preview.schema import resource_class

__all__ = ["bare"]

_PROVIDER = "pulumi:providers:"
Children = dict[str, list[tuple[Record, dict[str, Any]]]]


def bare(phase: Phase) -> Callable[[], None]:
    """A program that registers the resources of a recorded phase with plain recorded inputs.

    The classes, parents and options are those of the phase; as in any program, a component registers its children
    in its own constructor.
    """
    below: Children = defaultdict(list)
    urns = {record.urn for record in phase.records}
    for record in phase.records:
        below[record.parent if record.parent in urns else ""].append((record, _arguments(record)))
    providers = [record for record, _ in below[""] if record.type.startswith(_PROVIDER)]

    def program() -> None:
        for record in providers:
            provider = aws.Provider(record.name, region=record.inputs["region"], default_tags={"tags": {"a": "b"}})
            for child, arguments in below[""]:
                if not child.type.startswith(_PROVIDER):
                    _register(child, arguments, below, pulumi.ResourceOptions(provider=provider))

    return program


class _Bare(pulumi.ComponentResource):
    """A component that does nothing but register its children."""

    def __init__(self, record: Record, below: Children, opts: pulumi.ResourceOptions) -> None:
        super().__init__(record.type, record.name, None, opts)
        for child, arguments in below[record.urn]:
            _register(child, arguments, below, pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


def _register(record: Record, arguments: dict[str, Any], below: Children, opts: pulumi.ResourceOptions) -> None:
    cls = resource_class(record.type)
    if cls is None or not record.custom:
        _Bare(record, below, opts)
    else:
        cls(record.name, opts=opts, **arguments)


def _arguments(record: Record) -> dict[str, Any]:
    cls = resource_class(record.type)
    if cls is None:
        return {}
    names = _types.resource_pulumi_to_py_names(cls)
    return {names.get(key, key): value for key, value in record.inputs.items()}
