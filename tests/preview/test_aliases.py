"""The aliases of a registration become the URNs that the engine looks for in the state."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_aws as aws

from tests.recording import record

PREFIX = "urn:pulumi:test::agent-platform::"
TOPIC = "aws:sns/topic:Topic"


class Store(pulumi.ComponentResource):
    """A component with a child named after it."""

    def __init__(self, name: str, type_: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(type_, name, None, opts)
        aws.sns.Topic(f"{name}-events", opts=pulumi.ResourceOptions(parent=self))
        aws.sns.Topic("other", opts=pulumi.ResourceOptions(parent=self, aliases=[pulumi.Alias(name="another")]))
        self.register_outputs({})


def aliases(program: Callable[[], object]) -> dict[str, tuple[str, ...]]:
    """The aliases by name, the same in both phases."""
    by_phase = [{r.name: r.aliases for r in phase.records} for phase in record(program).phases.values()]
    assert by_phase[0] == by_phase[1]
    return by_phase[0]


def topic(*given: pulumi.Alias | str) -> tuple[str, ...]:
    """The aliases of a topic without a parent."""
    return aliases(lambda: aws.sns.Topic("topic", opts=pulumi.ResourceOptions(aliases=list(given))))["topic"]


def test_a_resource_without_aliases() -> None:
    assert topic() == ()


def test_what_an_alias_leaves_out_is_as_it_is_now() -> None:
    assert topic(pulumi.Alias(name="old")) == (f"{PREFIX}{TOPIC}::old",)
    assert topic(pulumi.Alias(type_="aws:sns:Old")) == (f"{PREFIX}aws:sns:Old::topic",)
    assert topic(pulumi.Alias(parent=f"{PREFIX}a:b:C::c")) == (f"{PREFIX}a:b:C${TOPIC}::topic",)


def test_an_alias_may_be_a_urn_or_in_another_stack() -> None:
    assert topic(f"{PREFIX}{TOPIC}::old") == (f"{PREFIX}{TOPIC}::old",)
    assert topic(pulumi.Alias(stack="s", project="p")) == (f"urn:pulumi:s::p::{TOPIC}::topic",)


def test_children_inherit_the_aliases_of_their_parent() -> None:
    options = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old", type_="a:b:Old")])
    found = aliases(lambda: Store("new", "a:b:New", options))
    assert found == {
        "new": (f"{PREFIX}a:b:Old::old",),
        "new-events": (f"{PREFIX}a:b:Old${TOPIC}::old-events",),
        "other": (
            f"{PREFIX}a:b:New${TOPIC}::another",
            f"{PREFIX}a:b:Old${TOPIC}::other",
            f"{PREFIX}a:b:Old${TOPIC}::another",
        ),
    }


def test_no_parent() -> None:
    def program() -> None:
        top = pulumi.ComponentResource("a:b:C", "c")
        aws.sns.Topic("topic", opts=pulumi.ResourceOptions(parent=top, aliases=[pulumi.Alias(parent=None)]))

    assert aliases(program)["topic"] == (f"{PREFIX}{TOPIC}::topic",)
