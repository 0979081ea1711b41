"""The SDK's property proxies as plain trees, with unknown values as UNKNOWN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import PolicyResource, Secret
from pulumi_policy.proxy import (
    UNKNOWN_ARCHIVE_VALUE,
    UNKNOWN_ARRAY_VALUE,
    UNKNOWN_ASSET_VALUE,
    UNKNOWN_BOOLEAN_VALUE,
    UNKNOWN_NUMBER_VALUE,
    UNKNOWN_OBJECT_VALUE,
    UNKNOWN_STRING_VALUE,
)

from ..resource import Resource
from ..values import UNKNOWN

SENTINELS = frozenset(
    {
        UNKNOWN_ARCHIVE_VALUE,
        UNKNOWN_ARRAY_VALUE,
        UNKNOWN_ASSET_VALUE,
        UNKNOWN_BOOLEAN_VALUE,
        UNKNOWN_NUMBER_VALUE,
        UNKNOWN_OBJECT_VALUE,
        UNKNOWN_STRING_VALUE,
    }
)
_TARGET = "__target"  # the one read of a proxy that does not raise on an unknown value


def plain(value: Any) -> Any:
    """The tree behind a proxy; never raises on an unknown value."""
    if isinstance(value, str):
        return UNKNOWN if value in SENTINELS else value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, (Mapping, Sequence)):
        return plain(value[_TARGET])  # type: ignore[call-overload]
    return value


def raw_properties(props: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of a remediation unchanged, with secrets marked, to return to the engine."""
    return props if isinstance(props, dict) else props[_TARGET]


def from_args(args: Any, inputs: Mapping[str, Any]) -> Resource:
    """The resource of a resource policy: inputs, no dependencies."""
    provider = args.provider
    return Resource(
        args.urn,
        args.resource_type,
        args.name,
        inputs,
        ignore_changes=tuple(args.opts.ignore_changes),
        provider_inputs=plain(provider.props) if provider else {},
    )


def from_stack(resource: PolicyResource, inputs: Mapping[str, Any] | None) -> Resource:
    """A resource of a stack policy: its recorded inputs joined with outputs and dependencies.

    Without recorded inputs (a resource outside `--target`) the outputs are used instead.
    """
    outputs = plain(resource.props)
    resource_id = outputs.get("id")
    return Resource(
        resource.urn,
        resource.resource_type,
        resource.name,
        outputs if inputs is None else inputs,
        parent=resource.parent.urn if resource.parent else "",
        dependencies=tuple(item.urn for item in resource.dependencies),
        property_dependencies={
            key: tuple(item.urn for item in items) for key, items in resource.property_dependencies.items() if items
        },
        ignore_changes=tuple(resource.opts.ignore_changes),
        provider_inputs=plain(resource.provider.props) if resource.provider else {},
        id=resource_id if isinstance(resource_id, str) and resource_id else None,
        outputs=outputs,
    )
