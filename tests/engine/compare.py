"""Puts the engine's account of a stack and the offline plan's into one form, and lists where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pulumi.runtime import rpc

from preview.plan import STACK_TYPE, Phase, masked
from preview.transition.changes import changes

__all__ = ["differences", "of_engine", "of_plan"]

Account = dict[str, dict[str, Any]]
_DEFAULT_PROVIDER = re.compile(r"::pulumi:providers:[\w-]+::default(_|\Z)")
_SIGNATURE = rpc._special_sig_key


def of_plan(phase: Phase) -> Account:
    """The offline plan's account of each resource, by URN."""
    return {
        record.urn: {
            "type": record.type,
            "parent": record.parent,
            "custom": record.custom,
            "inputs": masked(record.inputs, frozenset(record.secret)),
            "dependencies": sorted(record.dependencies),
            "property_dependencies": {k: sorted(v) for k, v in record.property_dependencies.items() if v},
            "protect": record.protect,
            "retain_on_delete": record.retain_on_delete,
            "ignore_changes": sorted(record.ignore_changes),
            "provider": record.provider,
        }
        for record in phase.records
    }


def of_engine(resources: list[dict[str, Any]]) -> Account:
    """The engine's account, from the new states of a preview or the resources of an exported state.

    The root stack and the default providers, which no program registers, are left out.
    """
    return {
        state["urn"]: {
            "type": state["type"],
            "parent": state.get("parent", ""),
            "custom": state.get("custom", False),
            "inputs": _shown(state.get("inputs", {})),
            "dependencies": sorted(state.get("dependencies", [])),
            "property_dependencies": {k: sorted(v) for k, v in state.get("propertyDependencies", {}).items() if v},
            "protect": state.get("protect", False),
            "retain_on_delete": state.get("retainOnDelete", False),
            "ignore_changes": sorted(state.get("ignoreChanges", [])),
            "provider": _explicit(state.get("provider", "")),
        }
        for state in resources
        if state["type"] != STACK_TYPE and not _DEFAULT_PROVIDER.search(state["urn"])
    }


def differences(engine: Account, offline: Account) -> Iterator[str]:
    """One line for each difference: the URN, the path, and both values."""
    for urn in sorted({*engine, *offline}):
        if urn not in offline:
            yield f"{urn}: only the engine has it"
        elif urn not in engine:
            yield f"{urn}: only the plan has it"
        else:
            for path, _ in changes(engine[urn], offline[urn]):
                yield f"{urn}: {path}: engine {_at(engine[urn], path)!r}, plan {_at(offline[urn], path)!r}"


def _explicit(reference: str) -> str:
    urn = reference.rpartition("::")[0]
    return "" if _DEFAULT_PROVIDER.search(urn) else urn


def _shown(value: Any) -> Any:
    """An engine's value with the plan's markers for what is unknown or secret."""
    if value == rpc.UNKNOWN:
        return "<unknown>"
    if value == "[secret]":
        return "<secret>"
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == rpc._special_secret_sig:
            return "<secret>"
        # The engine hashes an asset; the program sends it without.
        return {key: _shown(item) for key, item in value.items() if not (key == "hash" and _SIGNATURE in value)}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return value


def _at(account: Any, path: str) -> Any:
    for key in re.findall(r'\["(.+?)"\]|\[(\d+)\]|([^.\[\]]+)', path):
        quoted, index, plain = key
        try:
            account = account[int(index)] if index else account[quoted or plain]
        except (KeyError, IndexError):
            return "absent"
    return account
