"""JSON text: plain where all is known, an output where anything is one."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.json_text import json_text
from tests.recording import record


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"b":1,"a":[true,null,"x"]}'),
        (({"a": ()},), '[{"a":[]}]'),
        ("é", '"\\u00e9"'),
    ],
)
def test_known_values_are_plain_and_keep_their_order(value: Any, text: str) -> None:
    assert json_text(value) == text


def test_an_output_anywhere_makes_an_output() -> None:
    def program() -> None:
        for i, value in enumerate(({"b": x(), "a": 1}, [{"a": [x()]}], x())):
            made = json_text(value)
            assert isinstance(made, pulumi.Output)
            pulumi.export(f"o{i}", made)

    def x() -> pulumi.Output[str]:
        return pulumi.Output.from_input("x")

    outputs = record(program).phases["deployed"].outputs
    assert outputs == {"o0": '{"b":"x","a":1}', "o1": '[{"a":["x"]}]', "o2": '"x"'}


def test_a_secret_stays_one() -> None:
    def program() -> None:
        pulumi.export("text", json_text({"password": pulumi.Output.secret("canary-51")}))

    plan = record(program)
    assert plan.phases["deployed"].output_secrets == {"text"}
    assert "canary-51" not in str(plan.to_json())
