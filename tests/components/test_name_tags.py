"""Name tags: what the console lists by them says which stack it belongs to."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.base import Component, ComponentOptions
from components.name_tags import name_tags
from preview.plan import Phase
from tests.recording import record


class _Net(Component):
    def __init__(self, opts: pulumi.ResourceOptions) -> None:
        super().__init__("networking", "net", opts)
        vpc = aws.ec2.Vpc(self.child_name(), cidr_block="10.0.0.0/16", opts=self.child_opts())
        aws.ec2.Subnet(
            self.child_name("a"),
            vpc_id=vpc.id,
            cidr_block="10.0.0.0/20",
            tags={"Tier": "private", "Name": "mine"},
            opts=self.child_opts(),
        )
        aws.sns.Topic(self.child_name("topic"), opts=self.child_opts())
        self.done()


def _tags(phase: Phase, name: str) -> dict[str, str] | None:
    (record_,) = [r for r in phase.records if r.name == name and r.custom]
    return record_.inputs.get("tags")


def test_name_begins_with_the_stack() -> None:
    opts = ComponentOptions(origin="networking", transformations=[name_tags("dev")])
    phase = record(lambda: _Net(opts)).phases["preview"]
    assert _tags(phase, "net") == {"Name": "dev-net"}
    assert _tags(phase, "net-a") == {"Tier": "private", "Name": "mine"}
    assert _tags(phase, "net-topic") is None
