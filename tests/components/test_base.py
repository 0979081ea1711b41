"""The base: names, options and outputs of every component."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws
import pytest

from components.base import Component
from preview import check
from preview.run import ProgramError
from tests.recording import every_phase, record

TOPIC = "aws:sns/topic:Topic"


class Pair(Component):
    """Two topics."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, registrations: int = 1) -> None:
        super().__init__("test", name, opts)
        first = aws.sns.Topic(self.child_name(), opts=self.child_opts())
        aws.sns.Topic(self.child_name("dead-letter"), opts=self.child_opts(depends_on=[first], protect=True))
        for _ in range(registrations):
            self.done(arn=first.arn)


def test_type_and_names() -> None:
    for phase in record(lambda: Pair("orders")).phases.values():
        assert [(record.type, record.name) for record in phase.records if not record.custom] == [
            ("agent-platform:test:Pair", "orders")
        ]
        assert [record.name for record in phase.of_type(TOPIC)] == ["orders", "orders-dead-letter"]


def test_children_lie_inside() -> None:
    phase = record(lambda: Pair("orders")).phases["preview"]
    component = next(record.urn for record in phase.records if record.type == "agent-platform:test:Pair")
    assert {record.parent for record in phase.of_type(TOPIC)} == {component}
    assert all(record.urn.split("::")[2] == f"agent-platform:test:Pair${TOPIC}" for record in phase.of_type(TOPIC))


def test_children_keep_options_of_their_own() -> None:
    first, second = record(lambda: Pair("orders")).phases["preview"].of_type(TOPIC)
    assert (first.protect, second.protect) == (False, True)
    assert second.dependencies == (first.urn,)


def test_options_of_the_component_are_not_pushed_to_its_children() -> None:
    """Merged options would let the caller's ignore_changes or aliases apply to every child."""

    def program() -> None:
        Pair("orders", pulumi.ResourceOptions(ignore_changes=["tags"]))

    assert all(record.ignore_changes == () for record in record(program).phases["preview"].of_type(TOPIC))


def test_children_inherit_the_provider() -> None:
    def program() -> None:
        provider = aws.Provider("aws", region="eu-west-1")
        Pair("orders", pulumi.ResourceOptions(provider=provider))

    for topic in record(program).phases["preview"].of_type(TOPIC):
        assert topic.provider.endswith("pulumi:providers:aws::aws")


def test_two_components_of_one_type_stay_apart() -> None:
    """A URN carries the parent's type and not its name: only the names keep the children apart."""

    def program() -> None:
        Pair("orders")
        Pair("bills")

    names = [record.name for record in record(program).phases["preview"].of_type(TOPIC)]
    assert names == ["bills", "bills-dead-letter", "orders", "orders-dead-letter"]


def test_two_components_of_one_name_are_refused() -> None:
    def program() -> None:
        Pair("orders")
        Pair("orders")

    with pytest.raises(ProgramError, match="orders"):
        every_phase(record(program))


@pytest.mark.parametrize("registrations", [0, 1, 2])
def test_outputs_are_registered_once(registrations: int) -> None:
    phase = record(lambda: Pair("orders", registrations=registrations)).phases["preview"]
    faults = check.unregistered(phase)
    assert faults == (
        []
        if registrations == 1
        else [f"orders (agent-platform:test:Pair) called register_outputs {registrations} times, not once"]
    )
