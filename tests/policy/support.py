"""Builders of resources and scenes for the tests of the policy pack."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policy.guardrails import RULES, UNKNOWN, Resource
from policy.guardrails.config import RuleConfig
from policy.guardrails.evaluation import judge
from policy.guardrails.graph import Stack

TODAY = date(2026, 11, 21)
CANARY = "canary-3f1b9c"
BY_ID = {rule.id: rule for rule in RULES}
STACK = "urn:pulumi:test::shop::"


def token(short: str) -> str:
    """`rds/instance` → `aws:rds/instance:Instance`; a full token stays."""
    if ":" in short:
        return short
    kind = short.rpartition("/")[2]
    return f"aws:{short}:{kind[0].upper()}{kind[1:]}"


def urn(short: str, name: str) -> str:
    return f"{STACK}{token(short)}::{name}"


def res(
    short: str,
    name: str = "it",
    /,
    *,
    deps: Any = None,
    ignore: Any = (),
    outputs: Any = None,
    **inputs: Any,
) -> Resource:
    """A resource; `deps` maps an input to the resources that its value comes from."""
    named = {prop: tuple(item.urn for item in items) for prop, items in (deps or {}).items()}
    every = tuple(sorted({item for items in named.values() for item in items}))
    return Resource(
        urn(short, name),
        token(short),
        name,
        inputs,
        dependencies=every,
        property_dependencies=named,
        ignore_changes=tuple(ignore),
        outputs=outputs,
    )


@dataclass(frozen=True)
class Scene:
    """A subject (named `it`) among other resources."""

    resources: tuple[Resource, ...]

    @property
    def subject(self) -> Resource:
        return next(item for item in self.resources if item.name == "it")


@dataclass(frozen=True)
class Cases:
    """The fixtures of one rule; `unknown_never` says why a rule can always decide."""

    rule: str
    ok: tuple[Scene, ...]
    bad: tuple[Scene, ...]
    unknown: tuple[Scene, ...] = ()
    unknown_never: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


def cases(rule: str, *, ok: Any, bad: Any, unknown: Any = (), unknown_never: str = "") -> Cases:
    return Cases(rule, _scenes(ok), _scenes(bad), _scenes(unknown), unknown_never)


def _scenes(raw: Any) -> tuple[Scene, ...]:
    return tuple(Scene((item,) if isinstance(item, Resource) else tuple(item)) for item in raw)


def settings(rule_id: str) -> RuleConfig:
    params = {param.name: param.profiles.get("strict", param.default) for param in BY_ID[rule_id].params}
    return RuleConfig("mandatory", "advisory", params)


def verdict(rule_id: str, scene: Scene) -> tuple[str, list[str]]:
    """`ok`, `bad`, `unknown` or `error`, and the messages."""
    judgement = judge(BY_ID[rule_id], scene.subject, settings(rule_id), Stack(scene.resources))
    messages = [*judgement.violations, *judgement.undecided, judgement.error]
    if judgement.error:
        return "error", messages
    return ("bad" if judgement.violations else "unknown" if judgement.undecided else "ok"), messages


def document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: Any, resources: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def containers(*definitions: Mapping[str, Any]) -> str:
    return json.dumps([{"name": "app", "image": "nginx:1", **item} for item in definitions])


def masks(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every place in a tree, itself apart."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from masks(value, (*path, key))


def replaced(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The tree with one place replaced."""
    if not path:
        return value
    head, *rest = path
    if isinstance(tree, dict):
        return {**tree, head: replaced(tree[head], tuple(rest), value)}
    return [replaced(item, tuple(rest), value) if index == head else item for index, item in enumerate(tree)]


def masked(resource: Resource, path: tuple[Any, ...], value: Any = UNKNOWN) -> Resource:
    return Resource(
        resource.urn,
        resource.type,
        resource.name,
        replaced(dict(resource.inputs), path, value),
        parent=resource.parent,
        dependencies=resource.dependencies,
        property_dependencies=resource.property_dependencies,
        ignore_changes=resource.ignore_changes,
        id=resource.id,
        outputs=resource.outputs,
    )
