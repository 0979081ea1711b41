"""IAM documents: exactly what was stated, in IAM's own words."""

from __future__ import annotations

import json
from typing import Any

import pulumi

from components.iam import Statement, allow, assume_role, document
from components.values import Permission
from tests.recording import record


def read(text: pulumi.Input[str]) -> Any:
    assert isinstance(text, str)
    return json.loads(text)


def test_a_statement_has_only_what_was_given() -> None:
    assert Statement(actions=["s3:GetObject"], resources=["arn:aws:s3:::a/*"]).to_dict() == {
        "Effect": "Allow",
        "Action": ["s3:GetObject"],
        "Resource": ["arn:aws:s3:::a/*"],
    }


def test_a_full_statement() -> None:
    statement = Statement(
        sid="NoPlainHttp",
        effect="Deny",
        actions=["s3:*"],
        resources=["arn:aws:s3:::a"],
        principals="*",
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
    assert statement.to_dict() == {
        "Sid": "NoPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:*"],
        "Resource": ["arn:aws:s3:::a"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def test_document() -> None:
    made = document([Statement(actions=["a:b"], resources=["c"]), Statement(actions=["d:e"], resources=["f"])])
    body = read(made)
    assert body["Version"] == "2012-10-17"
    assert [statement["Action"] for statement in body["Statement"]] == [["a:b"], ["d:e"]]
    assert " " not in made  # type: ignore[operator]


def test_allow_grants_exactly_the_permissions() -> None:
    conditions = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    body = read(allow([Permission(actions=["kms:Decrypt"], resources=["k"], conditions=conditions)]))
    assert body["Statement"] == [
        {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["k"], "Condition": conditions}
    ]


def test_assume_role() -> None:
    (statement,) = read(assume_role("ecs.amazonaws.com"))["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": ["ecs.amazonaws.com"]},
        "Action": ["sts:AssumeRole"],
    }


def test_outputs_are_resolved_wherever_they_stand() -> None:
    def program() -> None:
        arn = pulumi.Output.from_input("arn:aws:iam::123456789012:root")
        pulumi.export(
            "policy",
            document(
                [
                    Statement(
                        actions=["kms:*"],
                        resources=[pulumi.Output.concat("arn:", "x")],
                        principals={"AWS": [arn]},
                        conditions={"ArnLike": {"aws:SourceArn": arn}},
                    )
                ]
            ),
        )

    (statement,) = json.loads(record(program).phases["deployed"].outputs["policy"])["Statement"]
    assert statement["Resource"] == ["arn:x"]
    assert statement["Principal"] == {"AWS": ["arn:aws:iam::123456789012:root"]}
    assert statement["Condition"] == {"ArnLike": {"aws:SourceArn": "arn:aws:iam::123456789012:root"}}
