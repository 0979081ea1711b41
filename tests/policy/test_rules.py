"""Every rule against its fixtures: passing, failing, not applicable, unknown, hostile."""

from __future__ import annotations

import pytest

from policy.guardrails import UNKNOWN
from policy.guardrails.types import normalise
from tests.policy.cases import CASES
from tests.policy.support import BY_ID, CANARY, Resource, Scene, masked, masks, res, verdict

EVERY = [
    pytest.param(case.rule, expected, scene, id=f"{case.rule}-{expected}-{index}")
    for case in CASES.values()
    for expected, scenes in (("ok", case.ok), ("bad", case.bad), ("unknown", case.unknown))
    for index, scene in enumerate(scenes)
]
HOSTILE = (
    None,
    "",
    [],
    {},
    3,
    True,
    CANARY,
    [None],
    [CANARY],
    {"x": CANARY},
    [[{}]],
    UNKNOWN,
    [UNKNOWN],
    {"x": UNKNOWN},
)


def test_every_rule_has_its_fixtures():
    assert sorted(CASES) == sorted(BY_ID)
    for rule_id, case in CASES.items():
        assert case.ok, f"{rule_id}: no passing fixture"
        assert case.bad, f"{rule_id}: no failing fixture"
        assert bool(case.unknown) != bool(case.unknown_never), (
            f"{rule_id}: an unknown fixture is missing, or the reason for having none"
        )


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
def test_every_type_of_a_rule_has_a_failing_fixture(rule_id: str):
    failing = {normalise(scene.subject.type) for scene in CASES[rule_id].bad}
    assert failing == set(BY_ID[rule_id].types)


@pytest.mark.parametrize(("rule_id", "expected", "scene"), EVERY)
def test_verdict(rule_id: str, expected: str, scene: Scene):
    assert verdict(rule_id, scene)[0] == expected, verdict(rule_id, scene)[1]


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
def test_not_applicable_to_other_types(rule_id: str):
    other = res("sfn/stateMachine", definition="{}")
    assert normalise(other.type) not in BY_ID[rule_id].types


@pytest.mark.parametrize(("rule_id", "expected", "scene"), EVERY)
def test_hostile_inputs_never_raise_and_are_never_echoed(rule_id: str, expected: str, scene: Scene):
    for path in masks(dict(scene.subject.inputs)):
        for value in HOSTILE:
            outcome, messages = verdict(rule_id, swapped(scene, masked(scene.subject, path, value)))
            assert outcome != "error", (path, value, messages)
            assert CANARY not in " ".join(messages)


@pytest.mark.parametrize(("rule_id", "expected", "scene"), EVERY)
def test_a_decided_verdict_does_not_flip_when_a_value_becomes_known(rule_id: str, expected: str, scene: Scene):
    """What is known later is hidden now: the verdict may become undecided, never the opposite."""
    if expected == "unknown":
        return
    for path in masks(dict(scene.subject.inputs)):
        outcome, messages = verdict(rule_id, swapped(scene, masked(scene.subject, path)))
        if outcome not in (expected, "unknown"):
            assert (rule_id, path) in NOT_REAL, (path, outcome, messages)


# The public access block has the bucket's name as a literal, so the bucket's own name cannot be unknown.
NOT_REAL = {("s3-public-access-blocked", ("bucket",))}


def swapped(scene: Scene, subject: Resource) -> Scene:
    return Scene(tuple(subject if item.name == "it" else item for item in scene.resources))
