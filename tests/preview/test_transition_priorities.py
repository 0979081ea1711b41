"""Listener rules whose number another rule has are refused."""

from __future__ import annotations

from typing import Any

import pytest

from preview.transition import Resource, transition
from preview.transition.priorities import LISTENER_RULE
from preview.transition.values import UNKNOWN
from tests.preview.test_transition import made, urn


def rule(name: str, priority: Any, **values: Any) -> Resource:
    return made(LISTENER_RULE, name, priority=priority, **{"listenerArn": "l", **values})


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ([rule("rule", 10)], [rule("shifted", 10)], "its priority 10 is still that of rule, which is deleted last"),
        ([rule("rule", 10)], [rule("shifted", 11)], None),
        ([rule("rule", 10)], [rule("rule", 10, tags={"a": "1"})], None),
        ([rule("a", 10), rule("b", 20)], [rule("a", 20), rule("b", 10)], "still that of b, which moves in the same"),
        ([rule("a", 10), rule("b", 20)], [rule("a", 20), rule("b", 20)], "two rules of one listener have priority 20"),
        ([], [rule("a", 10), rule("b", 10)], "b: two rules of one listener have priority 10: a has it, too"),
        ([], [rule("a", 10), rule("b", 10, listenerArn="m")], None),
        ([rule("a", 10)], [rule("b", UNKNOWN)], None),
        ([rule("a", 10)], [rule("a", 10, listenerArn="m")], None),
    ],
)
def test_two_rules_with_one_number(before: list[Resource], after: list[Resource], refused: str | None) -> None:
    outcomes = transition(before, after).having("refused")
    told = [f"{outcome.name}: {reason}" for outcome in outcomes for reason in outcome.refused]
    assert bool(told) == (refused is not None)
    assert refused is None or refused in "\n".join(told)


def test_a_rule_that_is_deleted_first_frees_its_number() -> None:
    listener = "aws:lb/listener:Listener"
    listeners = [made(listener, "l", loadBalancerArn="a"), made(listener, "l", loadBalancerArn="b")]
    sources = {"listenerArn": urn(listener, "l")}
    before = rule("a", 10, listenerArn=UNKNOWN, sources=sources)
    moved = transition([listeners[0], before], [listeners[1], before])
    assert [o.type for o in moved.of("replaced")] == [listener, LISTENER_RULE]
    assert not moved.having("refused")
    revised = transition([rule("a", 10)], [rule("a", 10, tags={"v": "2"}, replace_on_changes=("tags",))])
    assert [o.refused for o in revised.of("replaced")] == [
        ("its priority 10 is still that of a, which is deleted last",)
    ]
    first = rule("a", 10, tags={"v": "2"}, replace_on_changes=("tags",), delete_before_replace=True)
    assert not transition([rule("a", 10)], [first]).having("refused")
