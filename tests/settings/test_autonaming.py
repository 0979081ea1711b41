"""Pulumi's automatic names: what the settings ask of them, and of the stack's name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings.autonaming import autonaming_faults, stack_name_faults


def _faults(value: Any) -> list[str]:
    text = value if value is None or isinstance(value, str) else json.dumps(value)
    return [f"{fault.key}: {fault.reason}" for fault in autonaming_faults(text)]


def _aws(pattern: str, **resources: str) -> dict[str, Any]:
    entries = {token.replace("_", ":"): {"pattern": text} for token, text in resources.items()}
    return {"providers": {"aws": {"pattern": pattern, "resources": entries}}}


def test_the_shipped_pattern_is_sound() -> None:
    assert _faults(_aws("${stack}-${name}-${hex(7)}", aws_lb="${name}-${alphanum(5)}")) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ("is missing", "write {providers: {aws: {pattern:")),
        ("[", ("has no providers.aws.pattern",)),
        ({"providers": {"aws": "x"}}, ("has no providers.aws.pattern",)),
        ({"providers": {"random": {"pattern": "${name}"}}}, ("has no providers.aws.pattern",)),
        (
            _aws("${name}-${hex(7)}"),
            ("providers.aws.pattern: is ${name}-${hex(7)}", "write ${stack}-${name}-${hex(7)}"),
        ),
        (_aws("${stack}-${name}"), ("without a random part", "write ${stack}-${name}-${hex(7)}")),
        (_aws("${stack}-${hex(0)}"), ("without a random part",)),
        (_aws("${stack}-${name}-${uuid}"), ("the preview knows ${stack}, ${name}",)),
        (_aws("${stack}-${config.x}-${hex(7)}"), ("the preview knows ${stack}, ${name}",)),
        ({"providers": {"aws": {"pattern": "${stack}-${hex(7)}", "enforce": True}}}, ("enforce", "remove it")),
        (
            {"providers": {"aws": {"pattern": "${stack}-${hex(7)}", "resources": {"aws:x": {"mode": "verbatim"}}}}},
            ("resources.aws:x", "has no pattern"),
        ),
        (_aws("${stack}-${hex(7)}", aws_lb="${name}"), ("providers.aws.resources.aws:lb.pattern", "${name}-${hex(7)}")),
    ],
)
def test_what_is_refused(value: Any, words: tuple[str, ...]) -> None:
    faults = _faults(value)
    assert all(fault.startswith("pulumi:autonaming") for fault in faults)
    assert all(word in "\n".join(faults) for word in words), faults


@pytest.mark.parametrize("stack", ["dev", "h2o-prod", "a1"])
def test_sound_stack_names(stack: str) -> None:
    assert list(stack_name_faults(stack)) == []


@pytest.mark.parametrize(
    ("stack", "fix"),
    [
        ("h2o.prod", "call it h2o-prod"),
        ("Prod", "call it prod"),
        ("my_stack", "call it my-stack"),
        ("a--b", "call it a-b"),
        ("1st", "rename it"),
        ("aws-dev", "rename it"),
        ("internal-x", "rename it"),
        ("internal", "rename it"),
        ("sg", "rename it"),
        ("ssm-agent", "rename it"),
    ],
)
def test_stack_names_that_some_types_refuse(stack: str, fix: str) -> None:
    (fault,) = stack_name_faults(stack)
    assert fault.key == f"stack {stack}"
    assert fault.reason.endswith(fix)
