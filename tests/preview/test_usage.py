"""Options that contradict each other, and outputs that would overwrite what is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import typer

from preview import cli, diff, run

DEV = run.ROOT / "Pulumi.dev.yaml"


def refused(**options: Any) -> str:
    """What the command says about its options, before the program runs."""
    with pytest.raises(typer.BadParameter) as error:
        cli.preview(**options)
    return error.value.message


@pytest.mark.parametrize("option", ["json_file", "sarif_file", "junit_file"])
def test_no_output_is_the_stack_file(option: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(DEV.read_text())
    assert "would overwrite" in refused(config_file=own, **{option: own})
    assert own.read_text() == DEV.read_text()


def test_no_output_is_another_input(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("{}")
    assert "which --against reads" in refused(stack="dev", against_file=plan, json_file=plan)
    assert "the policy configuration" in refused(stack="dev", policy_config=plan, sarif_file=plan)
    assert "which --reference reads" in refused(stack="dev", reference=[f"base={plan}"], json_file=plan)
    assert "a file of the project" in refused(stack="dev", json_file=run.ROOT / "policy" / "config" / "dev.json")
    assert "the name of a stack file" in refused(stack="dev", json_file=tmp_path / "Pulumi.new.yaml")


def test_a_link_and_another_spelling_are_the_same_file(tmp_path: Path) -> None:
    plan, link, hard = tmp_path / "plan.json", tmp_path / "link.json", tmp_path / "hard.json"
    plan.write_text("{}")
    link.symlink_to(plan)
    os.link(plan, hard)
    for other in (link, hard, tmp_path / "sub" / ".." / "plan.json"):
        assert "which --against reads" in refused(stack="dev", against_file=plan, json_file=other)


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    one = tmp_path / "out"
    assert "--json and --junit would both write" in refused(stack="dev", json_file=one, junit_file=one)
    assert "--json and --sarif would both write -" in refused(stack="dev", json_file=Path("-"), sarif_file=Path("-"))


def test_an_option_without_effect() -> None:
    assert "--stack is empty; name the stack, such as --stack dev" in refused(stack="")
    assert "has no effect without --against" in refused(stack="dev", allow_data_loss=True)


def test_no_advice_names_the_file_that_holds_something_else(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    for path in (DEV, other):
        with pytest.raises(diff.DiffError) as error:
            diff.read(path)
        assert f"--json {path}" not in str(error.value)
        assert "name a plan that an earlier run wrote with --json" in str(error.value)
