"""Checks what the stand-in provider answers against the shapes of AWS's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import Shape, StructureShape

from preview.provider_fakes import resource
from preview.required import required
from preview.wire import UNKNOWN, join
from tests.aws_models import scalars, shapes
from tests.aws_models.fault import Violation
from tests.aws_models.operation import Operation
from tests.aws_models.table import OPERATIONS

__all__ = ["IDS", "check_answers", "made_up"]

IDS: dict[str, str] = {
    "aws:bedrock/agentDataSource:AgentDataSource": "",
    "aws:cloudwatch/logDelivery:LogDelivery": "id",
    "aws:cognito/userPoolClient:UserPoolClient": "ClientId",
    "aws:cognito/userPoolDomain:UserPoolDomain": "CreateUserPoolDomain:Domain",
    "aws:dynamodb/table:Table": "TableName",
    "aws:iam/instanceProfile:InstanceProfile": "InstanceProfileName",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "OpenIDConnectProviderArn",
    "aws:iam/policy:Policy": "Arn",
    "aws:iam/role:Role": "RoleName",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "Arn",
    "aws:opensearch/domain:Domain": "ARN",
    "aws:rds/instance:Instance": "DbiResourceId",
    "aws:route53/record:Record": "",
    "aws:sfn/stateMachine:StateMachine": "stateMachineArn",
    "aws:sns/topicSubscription:TopicSubscription": "SubscriptionArn",
    "aws:sqs/queue:Queue": "QueueUrl",
}
"""Type -> the member that the provider's id is, where it is not AWS's own id; empty where it joins several."""

_UNCHECKED = {
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "state"): "EC2 answers in lower case, the model's enum begins with a capital",
    ("aws:lb/listenerRule:ListenerRule", "priority"): "a number to the provider, a text to the API",
}


def made_up(token: str, region: str = "us-west-2") -> tuple[str, dict[str, Any]]:
    """Id and outputs of a resource for which no program gives anything, less what a program must give."""
    given = {"domainName": "www.example.com"} if token == "aws:acm/certificate:Certificate" else {}
    id_, outputs = resource(token, f"urn:pulumi:s::p::{token}::made", "made-0123456", given, region)
    must = required(token)
    return id_, {prop: value for prop, value in outputs.items() if prop not in must}


def check_answers(token: str, id_: str, outputs: Mapping[str, Any]) -> tuple[int, list[Violation]]:
    """How many texts and numbers were checked, and which of them AWS would not answer."""
    operation = OPERATIONS[token]
    roots = _roots(operation)
    checked, faults = 0, []
    for prop, value in {**outputs, "id": id_}.items():
        member = _member(operation, roots, token, prop)
        if member is None or (token, prop) in _UNCHECKED:
            continue
        for path, item, shape in _scalars(value, member, prop):
            checked += 1
            found = scalars.scalar(item, shape, strict=False)
            faults += [Violation(path=path, rule=rule, value=item, reason=reason) for rule, reason in found]
    return checked, faults


def _roots(operation: Operation) -> list[StructureShape]:
    """What an operation answers, each structure in it, of which the resource's is one, and what it takes."""
    output, taken = (
        shapes.output_of(operation.service, operation.name),
        shapes.input_of(operation.service, operation.name),
    )
    inner = (shapes.element(member) for member in shapes.members(output).values()) if output else ()
    return [*([output] if output else ()), *(shape for shape in inner if isinstance(shape, StructureShape)), taken]


def _member(operation: Operation, roots: list[StructureShape], token: str, prop: str) -> Shape | None:
    name = IDS.get(token, prop) if prop == "id" else prop
    other, colon, path = name.partition(":")
    if colon:
        return shapes.resolve(shapes.input_of(operation.service, other), path)
    kind = "" if prop == "id" and token in IDS else token.rpartition(":")[2]
    found = (shapes.find(root, name, kind) for root in roots) if name else ()
    return next((shape for shape in found if shape is not None), None)


def _scalars(value: Any, shape: Shape, path: str) -> Iterator[tuple[str, Any, Shape]]:
    """Each text and number with its shape; empty text is what the provider keeps where AWS answers nothing."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _scalars(item, shape, join(path, i))
        return
    inner = shapes.element(shape)
    if isinstance(value, dict):
        for key, item in value.items():
            member = shapes.find(inner, key) if isinstance(inner, StructureShape) else None
            if member is not None:
                yield from _scalars(item, member, join(path, key))
    elif not isinstance(inner, StructureShape) and value not in ("", None, UNKNOWN):
        yield path, value, inner
