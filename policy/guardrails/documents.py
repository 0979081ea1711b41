"""Policy documents: JSON strings or objects, parsed into statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .values import ABSENT, UNKNOWN, Node, holds_unknown

NARROWING_KEYS = frozenset(
    {
        "aws:sourcearn",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:userid",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
        "elasticfilesystem:accesspointarn",
        "elasticfilesystem:accessedviamounttarget",
    }
)
_NARROWING_OPERATORS = (
    "stringequals",
    "stringlike",
    "arnequals",
    "arnlike",
    "stringequalsignorecase",
    "bool",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a policy document, with lists where IAM also accepts a single string."""

    path: str
    effect: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]]
    has_not_principal: bool
    known: bool

    @property
    def allows(self) -> bool:
        return self.effect == "Allow"

    @property
    def everyone(self) -> bool:
        """True when the principal is everyone: `*`, `{"AWS": "*"}`, or `NotPrincipal`."""
        return self.has_not_principal or any("*" in names for names in self.principals.values())

    @property
    def narrowed(self) -> bool:
        """True when a condition restricts the caller to an account, an organisation, a network or one source."""
        return any(
            key.lower() in NARROWING_KEYS and values and not any(_open(value) for value in values)
            for operator, keys in self.conditions.items()
            if operator.lower().rpartition(":")[2] in _NARROWING_OPERATORS
            for key, values in keys.items()
        )

    def condition(self, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Operator and values of every condition on a key, whatever its case."""
        for operator, keys in self.conditions.items():
            for name, values in keys.items():
                if name.lower() == key.lower():
                    yield operator.lower(), values


def statements(node: Node) -> list[Statement] | None:
    """The statements of a document; None when it cannot be parsed; empty when there is none."""
    if node.absent or node.value == "":
        return []
    document = parse(node)
    if not isinstance(document, Mapping):
        return None
    raw = document.get("Statement", [])
    items = raw if isinstance(raw, list) else [raw]
    if any(not isinstance(item, Mapping) for item in items):
        return None
    return [_statement(item, f"{node.path} Statement[{index}]") for index, item in enumerate(items)]


def parse(node: Node) -> Any:
    """The JSON document in a property; UNKNOWN when it is unknown or invalid JSON."""
    if isinstance(node.value, str):
        return _parse_text(node.value)
    return node.value if isinstance(node.value, (Mapping, list)) else UNKNOWN


@lru_cache(maxsize=4096)
def _parse_text(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return UNKNOWN


def _statement(raw: Mapping[str, Any], path: str) -> Statement:
    principal = raw.get("Principal", ABSENT)
    principals: dict[str, tuple[str, ...]] = {}
    if isinstance(principal, Mapping):
        principals = {str(kind): _texts(names) for kind, names in principal.items()}
    elif isinstance(principal, str):
        principals = {"AWS": (principal,)}
    conditions = raw.get("Condition")
    return Statement(
        path=path,
        effect=str(raw.get("Effect", "")),
        actions=_texts(raw.get("Action")),
        not_actions=_texts(raw.get("NotAction")),
        resources=_texts(raw.get("Resource")) or (("*",) if "NotResource" in raw else ()),
        principals=principals,
        conditions=_conditions(conditions) if isinstance(conditions, Mapping) else {},
        has_not_principal="NotPrincipal" in raw,
        known=not holds_unknown(raw),
    )


def _conditions(raw: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        str(operator): {str(key): _texts(values) for key, values in keys.items()}
        for operator, keys in raw.items()
        if isinstance(keys, Mapping)
    }


def _texts(raw: Any) -> tuple[str, ...]:
    items: Iterable[Any] = raw if isinstance(raw, list) else [raw]
    return tuple(_text(item) for item in items if item is not None and item is not UNKNOWN)


def _text(item: Any) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def _open(value: str) -> bool:
    return value.strip("*") == ""
