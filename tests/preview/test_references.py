"""A reference to another stack is answered from a plan of it, and only from one that has its outputs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview import references
from preview.plan import Plan
from preview.run import ProgramError, plan
from preview.stackfile import StackFile
from tests.recording import one, record

_NAME = "acme/network/prod"
_TOPIC = "aws:sns/topic:Topic"


def other(tmp_path: Path, **phases: Any) -> Path:
    """A file with the plan of a stack that exports a plain value, an id and a secret."""

    def program() -> None:
        pulumi.export("plain", {"port": "80"})
        pulumi.export("arn", aws.sns.Topic("topic").arn)
        pulumi.export("password", pulumi.Output.secret("hunter2"))

    content = record(program).to_json()
    content["phases"] = {name: content["phases"][name] for name in phases.get("only", ("preview", "deployed"))}
    path = tmp_path / "network.json"
    path.write_text(json.dumps(content))
    return path


def run(program: Callable[[], Any], *options: str) -> Plan:
    file = StackFile(stack="test", path=Path("test.yaml"), values={"aws:region": "us-east-1"}, secret_keys=())
    given = references.references(options)
    return plan(file, project="p", phases=("preview", "deployed"), program=program, references=given)


def reading(output: str) -> Callable[[], None]:
    def program() -> None:
        network = pulumi.StackReference(_NAME)
        aws.sns.Topic("topic", display_name=network.require_output(output))

    return program


def test_outputs_are_those_of_the_deployed_phase(tmp_path: Path) -> None:
    made = run(reading("arn"), f"{_NAME}={other(tmp_path)}")
    for phase in made.phases.values():
        topic = one(phase, _TOPIC)
        assert topic.inputs["displayName"].startswith("arn:aws:sns:us-east-1:123456789012:")
        [reference] = phase.of_type(references.STACK_REFERENCE)
        assert topic.property_dependencies["displayName"] == (reference.urn,)
        assert reference.inputs == {"name": _NAME}


def test_objects_keep_their_form(tmp_path: Path) -> None:
    def program() -> None:
        port: Any = pulumi.StackReference("network", stack_name=_NAME).get_output("plain").apply(lambda v: v["port"])
        aws.sns.Topic("topic", display_name=port)

    made = run(program, f"{_NAME}={other(tmp_path)}")
    assert one(made.phases["preview"], _TOPIC).inputs["displayName"] == "80"


def test_a_secret_stays_secret_and_masked(tmp_path: Path) -> None:
    made = run(reading("password"), f"{_NAME}={other(tmp_path)}")
    topic = one(made.phases["deployed"], _TOPIC)
    assert (topic.inputs["displayName"], topic.secret) == ("<secret>", ("displayName",))
    assert "hunter2" not in json.dumps(made.to_json())


def test_without_a_plan_the_fault_says_how_to_give_one() -> None:
    with pytest.raises(ProgramError, match=re.escape(f"--reference {_NAME}=PLAN.json")):
        run(reading("arn"))


def test_an_output_that_the_other_stack_has_not_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="KeyError: 'arm'"):
        run(reading("arm"), f"{_NAME}={other(tmp_path)}")


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("network", "write it as NAME=PLAN.json"),
        ("=x.json", "write it as NAME=PLAN.json"),
        ("network=", "write it as NAME=PLAN.json"),
        ("network=missing.json", "missing.json: No such file"),
    ],
)
def test_options_that_are_none(option: str, says: str) -> None:
    with pytest.raises(references.StackReferenceError, match=re.escape(says)):
        references.references([option])


def test_a_plan_without_outputs_is_refused(tmp_path: Path) -> None:
    path = other(tmp_path, only=("preview",))
    with pytest.raises(references.StackReferenceError, match="has no deployed phase"):
        references.references([f"a={path}"])


def test_a_name_is_given_once(tmp_path: Path) -> None:
    path = other(tmp_path)
    with pytest.raises(references.StackReferenceError, match="a is given twice"):
        references.references([f"a={path}", f"a={path}"])
