"""Types and properties that the rules check exist in the provider; a misspelt one would never be reported."""

from __future__ import annotations

import importlib
import json
import re
import warnings
from pathlib import Path

import pulumi_aws

from policy.guardrails import RULES, Resource
from tests.policy.cases import CASES
from tests.policy.support import token


def fixtures() -> list[Resource]:
    scenes = [scene for case in CASES.values() for scene in (*case.ok, *case.bad, *case.unknown)]
    return [item for scene in scenes for item in scene.resources]


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def provider_properties(types: set[str]) -> dict[str, set[str]]:
    """Type token → wire names of its properties, from the provider's own classes."""
    text = Path(str(pulumi_aws.__file__)).read_text(encoding="utf-8")
    registered = re.search(r'resource_modules="""(.*?)"""', text, re.DOTALL)
    assert registered
    properties: dict[str, set[str]] = {}
    for module in json.loads(registered[1]):
        for kind, name in module["classes"].items():
            if kind in types:
                members = vars(getattr(importlib.import_module(module["fqn"]), name))
                properties[kind] = {camel(key) for key, value in members.items() if isinstance(value, property)}
    return properties


def test_types_and_properties_exist_in_the_provider():
    types = {item.type for item in fixtures()} | {token(kind) for rule in RULES for kind in rule.types}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        known = provider_properties(types)
    assert types <= set(known)
    for item in fixtures():
        missing = set(item.inputs) - known[item.type]
        assert not missing, (item.type, missing)
