"""A stack cannot choose a milder judge: neither by its settings nor by the name of its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy.guardrails import RULES, load_config
from preview import policies, stackfile
from preview.judged import Request, judged
from preview.run import ROOT
from tests.shown import page_of

_SMALL = (ROOT / "tests/small/Pulumi.prod.yaml").read_text()


@pytest.mark.parametrize("protect", ["true", "false"])
def test_prod_is_held_to_strict_whatever_it_protects(protect: str, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.mine.yaml"
    path.write_text(f"{_SMALL}  agent-platform:protect: {protect}\n")
    plan = judged(Request(path=path, phases=("preview",))).plan
    assert plan.judged_by is not None
    assert plan.judged_by.config == ROOT / "policy/profiles/strict.json"


def test_prod_under_the_name_of_a_dev_stack_is_held_to_strict(tmp_path: Path) -> None:
    path = tmp_path / "dev.yaml"
    path.write_text(_SMALL)
    plan = judged(Request(path=path, phases=("preview",))).plan
    assert plan.judged_by is not None
    assert plan.judged_by.config == ROOT / "policy/config/dev.json"
    assert "deletion-protection" in plan.judged_by.raised
    assert "as strict has them, since the environment is prod" in page_of(plan)


def test_mild_configuration_is_raised_for_prod_and_keeps_its_exemptions(tmp_path: Path) -> None:
    exemption = {"urn": "*", "reason": "r", "owner": "o", "expires": "2027-01-01"}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"all": "disabled", "final-snapshot": {"exemptions": [exemption]}}))
    raised, names = policies.at_least_strict(load_config(path), ROOT)
    strict = load_config(ROOT / "policy/profiles/strict.json")
    assert {rule.id: raised.of(rule).level for rule in RULES} == {rule.id: strict.of(rule).level for rule in RULES}
    by_id = {rule.id: rule for rule in RULES}
    assert len(raised.of(by_id["final-snapshot"]).exemptions) == 1
    assert "rds-backups" in names
    assert raised.of(by_id["rds-backups"]).params["days"] == 7


def test_what_is_stricter_than_strict_stays(tmp_path: Path) -> None:
    path = tmp_path / "prod.json"
    path.write_text(json.dumps({"all": "mandatory"}))
    raised, names = policies.at_least_strict(load_config(path), ROOT)
    assert names == ()
    assert {raised.of(rule).level for rule in RULES} == {"mandatory"}


@pytest.mark.parametrize("name", ["../prod", "a/b", "", "a b", "a\nb", "::add-mask::x", "x" * 101])
def test_name_of_a_stack_is_one_that_the_cli_takes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.mine.yaml"
    path.write_text(_SMALL)
    with pytest.raises(stackfile.StackFileError, match="is no name of a stack"):
        stackfile.read(path, "agent-platform", name)
