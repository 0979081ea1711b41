"""Types and properties that the rules watch exist in the provider; others would pass for ever."""

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
    return head + "".join(word.capitalize() for word in rest)


def provider_properties(wanted: set[str]) -> dict[str, set[str]]:
    """Type token → wire names of its properties, from the provider's own classes."""
    text = Path(str(pulumi_aws.__file__)).read_text(encoding="utf-8")
    registered = re.search(r'resource_modules="""(.*?)"""', text, re.DOTALL)
    assert registered
    found: dict[str, set[str]] = {}
    for module in json.loads(registered[1]):
        for kind, name in module["classes"].items():
            if kind in wanted:
                members = vars(getattr(importlib.import_module(module["fqn"]), name))
                found[kind] = {camel(key) for key, value in members.items() if isinstance(value, property)}
    return found


def test_types_and_properties_exist_in_the_provider():
    wanted = {item.type for item in fixtures()} | {token(kind) for rule in RULES for kind in rule.types}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        known = provider_properties(wanted)
    assert wanted <= set(known)
    for item in fixtures():
        strange = set(item.inputs) - known[item.type]
        assert not strange, (item.type, strange)
