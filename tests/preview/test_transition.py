"""What `up` makes of a changed plan: of each resource, of what depends on it, and of what is not known yet."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview.plan import PhaseName
from preview.transition import Outcome, Resource, Transition, of_plan, of_records, of_state, transition
from preview.transition.values import UNKNOWN
from tests.recording import record

VPC, SUBNET, KEY = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:kms/key:Key"
DATABASE, QUEUE = "aws:rds/instance:Instance", "aws:sqs/queue:Queue"
PHASES: tuple[PhaseName, ...] = ("preview", "deployed")


def urn(type_: str, name: str) -> str:
    return f"urn:pulumi:test::agent-platform::{type_}::{name}"


def made(type_: str, name: str = "main", /, *, sources: dict[str, str] | None = None, **values: Any) -> Resource:
    """A resource; `sources` are the URNs that its properties come from, and inputs are given in camel case."""
    options = {key: values.pop(key) for key in list(values) if key in Resource.__slots__}
    dependencies = {key: (source,) for key, source in (sources or {}).items()}
    return Resource(urn=urn(type_, name), type=type_, inputs=values, property_dependencies=dependencies, **options)


def one(old: Resource, new: Resource) -> Outcome:
    """What becomes of a resource on its own."""
    return transition([old], [new]).outcomes[new.urn]


def test_created_updated_deleted_and_the_same() -> None:
    old = [made(QUEUE, "a", delaySeconds=1), made(QUEUE, "b"), made(QUEUE, "c")]
    new = [made(QUEUE, "a", delaySeconds=2), made(QUEUE, "b"), made(QUEUE, "d")]
    found = transition(old, new)
    names = {action: [o.name for o in found.of(action)] for action in ("created", "updated", "deleted", "same")}
    assert names == {"created": ["d"], "updated": ["a"], "deleted": ["c"], "same": ["b"]}
    assert found.outcomes[urn(QUEUE, "a")].changed == ("delaySeconds",)
    assert found
    assert not transition(old, old)


def test_replaced_says_why_and_in_which_order() -> None:
    outcome = one(made(QUEUE, fifoQueue=False, delaySeconds=1), made(QUEUE, fifoQueue=True, delaySeconds=2))
    assert (outcome.action, outcome.because, outcome.delete_first) == ("replaced", ("fifoQueue",), False)
    assert outcome.changed == ("delaySeconds", "fifoQueue")
    asked = one(made(QUEUE, fifoQueue=False), made(QUEUE, fifoQueue=True, delete_before_replace=True))
    assert asked.delete_first
    named = one(made(QUEUE, fifoQueue=False, name="q"), made(QUEUE, fifoQueue=True, name="q"))
    assert named.delete_first
    renamed = one(made(QUEUE, name="p"), made(QUEUE, name="q"))
    assert (renamed.because, renamed.delete_first) == (("name",), False)


def test_a_property_may_replace_by_the_programs_wish() -> None:
    outcome = one(made(QUEUE, delaySeconds=1), made(QUEUE, delaySeconds=2, replace_on_changes=("delaySeconds",)))
    assert outcome.because == ("delaySeconds",)


def test_ignored_properties_do_not_count() -> None:
    old = made(QUEUE, fifoQueue=False, policy="a")
    assert not one(old, made(QUEUE, fifoQueue=True, policy="a", ignore_changes=("fifoQueue",)))
    nested = made("aws:ecs/service:Service", networkConfiguration={"subnets": ["a"], "securityGroups": ["s"]})
    ignoring = made("aws:ecs/service:Service", ignore_changes=("networkConfiguration.subnets",))
    changed = {"networkConfiguration": {"subnets": ["b"], "securityGroups": ["t"]}}
    outcome = one(
        nested, Resource(urn=nested.urn, type=nested.type, inputs=changed, ignore_changes=ignoring.ignore_changes)
    )
    assert outcome.changed == ("networkConfiguration.securityGroups[0]",)


def test_a_resource_is_found_by_its_alias() -> None:
    old = made(QUEUE, "old", delaySeconds=1)
    outcome = transition([old], [made(QUEUE, "new", delaySeconds=1, aliases=(old.urn,))])
    assert not outcome


@pytest.mark.parametrize("phase", PHASES)
def test_what_depends_on_a_replaced_resource_is_replaced_with_it(phase: PhaseName) -> None:
    def program(cidr: str) -> None:
        vpc = aws.ec2.Vpc("main", cidr_block=cidr)
        subnet = aws.ec2.Subnet("main", vpc_id=vpc.id, cidr_block="10.0.0.0/24")
        aws.ec2.Subnet("other", vpc_id="vpc-1", cidr_block="10.0.1.0/24")
        aws.rds.SubnetGroup("main", subnet_ids=[subnet.id, "subnet-1"])

    found = recorded(lambda: program("10.0.0.0/16"), lambda: program("10.1.0.0/16"), phase)
    assert {o.urn.split("::", 2)[2]: o.because for o in found.of("replaced")} == {
        f"{VPC}::main": ("cidrBlock",),
        f"{SUBNET}::main": ("vpcId",),
    }
    assert [o.changed for o in found.of("updated")] == [("subnetIds",)]
    assert [o.name for o in found.of("same")] == ["other"]


def recorded(before: Any, after: Any, phase: PhaseName) -> Transition:
    phases = [record(program).phases[phase] for program in (before, after)]
    return transition(*(of_records(one.records) for one in phases))


@pytest.mark.parametrize("phase", PHASES)
def test_a_renamed_resource_moves_nothing_that_depends_on_it(phase: PhaseName) -> None:
    def program(name: str, *aliases: str) -> None:
        options = pulumi.ResourceOptions(aliases=[pulumi.Alias(name=alias) for alias in aliases])
        aws.rds.Instance("db", instance_class="db.t4g.micro", kms_key_id=aws.kms.Key(name, opts=options).arn)

    found = recorded(lambda: program("a"), lambda: program("b", "a"), phase)
    assert not found
    lost = recorded(lambda: program("a"), lambda: program("b"), phase)
    assert [o.type for o in lost.of("replaced")] == [DATABASE]


def test_what_is_unknown_on_both_sides_stays_where_it_comes_from_the_same_resource() -> None:
    keys = [made(KEY, "a"), made(KEY, "b")]
    before = made(DATABASE, kmsKeyId=UNKNOWN, sources={"kmsKeyId": keys[0].urn})
    assert not transition([*keys, before], [*keys, before])
    other = made(DATABASE, kmsKeyId=UNKNOWN, sources={"kmsKeyId": keys[1].urn})
    outcome = transition([*keys, before], [*keys, other]).outcomes[before.urn]
    assert (outcome.action, outcome.uncertain, outcome.because) == ("updated", ("kmsKeyId",), ())
    new_key = made(KEY, "c")
    moved = made(DATABASE, kmsKeyId=UNKNOWN, sources={"kmsKeyId": new_key.urn})
    assert transition([*keys, before], [*keys, new_key, moved]).outcomes[before.urn].because == ("kmsKeyId",)


def test_a_known_value_that_becomes_unknown() -> None:
    key = made(KEY)
    old = made(DATABASE, kmsKeyId="arn:aws:kms:us-east-1:1:key/1", sources={"kmsKeyId": key.urn})
    same = made(DATABASE, kmsKeyId=UNKNOWN, sources={"kmsKeyId": key.urn})
    assert not transition([key, old], [key, same])
    literal = made(DATABASE, kmsKeyId="arn:aws:kms:us-east-1:1:key/1")
    outcome = transition([key, literal], [key, same]).outcomes[old.urn]
    assert (outcome.because, outcome.uncertain) == ((), ("kmsKeyId",))


def test_what_is_protected_is_refused() -> None:
    (outcome,) = transition([made(DATABASE, protect=True, deletionProtection=True, skipFinalSnapshot=True)], []).of(
        "deleted"
    )
    assert [reason.split(":")[0] for reason in outcome.refused] == [
        "it is protected",
        "AWS does not delete it while deletionProtection is on",
    ]
    kept = transition([made(KEY, retain_on_delete=True)], []).of("deleted")
    assert [(o.retained, o.refused) for o in kept] == [(True, ())]


def test_an_ignored_property_that_refers_to_what_is_gone_dangles() -> None:
    service, rule = "aws:ecs/service:Service", "aws:lb/listenerRule:ListenerRule"
    old_rule, new_rule = made(rule, listenerArn="a", priority=1), made(rule, listenerArn="b", priority=1)
    balanced = made(service, loadBalancers=[{"rule": "x"}], sources={"loadBalancers": old_rule.urn})
    after = made(service, loadBalancers=[{"rule": "x"}], sources={"loadBalancers": old_rule.urn})
    ignoring = Resource(**{**{k: getattr(after, k) for k in after.__slots__}, "ignore_changes": ("loadBalancers",)})
    outcome = transition([old_rule, balanced], [new_rule, ignoring]).outcomes[after.urn]
    assert outcome.dangling == (("loadBalancers", old_rule.urn),)
    assert not transition([old_rule, balanced], [old_rule, ignoring])


def test_a_plans_json_and_an_exported_state_are_read_alike() -> None:
    plan = record(lambda: aws.ssm.Parameter("p", type="SecureString", value=pulumi.Output.secret("s"), tier="Standard"))
    phase = plan.phases["deployed"]
    (new,) = of_records(phase.records)
    (from_plan,) = of_plan(json.loads(json.dumps(phase.to_json())))
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
    state = {
        "urn": new.urn,
        "type": new.type,
        "custom": True,
        "inputs": {
            "__defaults": ["name"],
            "name": "p-1234567",
            "type": "SecureString",
            "value": secret,
            "tier": "Standard",
        },
    }
    ignored = [{**state, "delete": True}, {**state, "external": True}, {**state, "custom": False}]
    (from_state,) = of_state({"resources": [state, *ignored]})
    for old in (from_plan, from_state):
        assert not transition([old], [new])
    cheaper = Resource(urn=new.urn, type=new.type, inputs={**new.inputs, "tier": "Advanced"})
    assert one(from_state, cheaper).changed == ("tier",)


def test_an_outcome_as_json_leaves_out_what_is_empty() -> None:
    found = transition([made(QUEUE, fifoQueue=False)], [made(QUEUE, fifoQueue=True)])
    assert found.to_json() == [
        {
            "urn": urn(QUEUE, "main"),
            "type": QUEUE,
            "action": "replaced",
            "changed": ["fifoQueue"],
            "because": ["fifoQueue"],
        }
    ]
