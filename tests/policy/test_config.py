"""Configuration: what is refused, with which message, and what exemptions do."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policy.guardrails import ConfigError, PackConfig, evaluate, load_config
from policy.guardrails.catalogue import CONFIGS, PACK, PROFILES, profile_document
from policy.guardrails.config import parse_config
from policy.guardrails.schema import config_schema
from tests.policy.engine import Engine, caching
from tests.policy.support import BY_ID, TODAY, res

DATABASE = res("rds/instance", "main", publiclyAccessible=True)
RULE = "database-not-public"


def write(path: Path, document: Any) -> Path:
    target = path / "policy.json"
    target.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return target


def exemption(**changes: Any) -> dict[str, Any]:
    base = {"urn": f"*::{DATABASE.name}", "reason": "sandbox", "owner": "data team", "expires": "2027-03-01"}
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


BROKEN = [
    ("{", ["policy.json:1:2", "not valid JSON"]),
    ([], ["expected an object", "a list"]),
    (f'{{"{RULE}": "disabled", "{RULE}": "mandatory"}}', [f'"{RULE}" is there twice', "keep one"]),
    (f'{{"{RULE}": {{"undecided": "advisory", "undecided": "mandatory"}}}}', ['"undecided" is there twice']),
    (f'{{"{RULE}": {{"exemptions": [{{"urn": "a", "urn": "b"}}]}}}}', ['"urn" is there twice']),
    ({"database-not-pubic": "mandatory"}, ['unknown policy "database-not-pubic"', f'"{RULE}"']),
    ({RULE: {"enforcmentLevel": "mandatory"}}, [RULE, '"enforcmentLevel"', '"enforcementLevel"']),
    ({RULE: {"enforcementLevel": "fatal"}}, [RULE, '"fatal"', "mandatory"]),
    ({RULE: 3}, [RULE, "a number"]),
    ({"all": "fatal"}, ["all", '"fatal"', "mandatory"]),
    ({"undecided": {"level": "mandatory"}}, ["undecided", "level", "enforcementLevel"]),
    ({RULE: {"undecided": "disabled"}}, [RULE, "undecided"]),
    ({"rds-backups": {"days": "seven"}}, ["rds-backups", "days", "a whole number", "a string"]),
    ({"rds-backups": {"days": 1.5}}, ["rds-backups", "days"]),
    ({"rds-backups": {"days": True}}, ["rds-backups", "days"]),
    ({"required-tags": {"tags": "team"}}, ["required-tags", "tags", "a list of strings"]),
    ({"no-world-open-ingress": {"public_ports": ["x"]}}, ["public_ports", "whole numbers"]),
    ({"load-balancer-placement": {"allow_public": "yes"}}, ["allow_public", "true or false"]),
    ({RULE: {"exemptions": {}}}, [RULE, "exemptions", "a list"]),
    ({RULE: {"exemptions": ["x"]}}, ["exemptions[0]", "an object"]),
    ({RULE: {"exemptions": [exemption(reason=None)]}}, ["exemptions[0]", '"reason"']),
    ({RULE: {"exemptions": [exemption(owner=" ")]}}, ["exemptions[0]", '"owner"']),
    ({RULE: {"exemptions": [exemption(until="x")]}}, ["exemptions[0]", '"until"']),
    ({RULE: {"exemptions": [exemption(expires="2027-02-30")]}}, ['"expires"', "YYYY-MM-DD"]),
    ({RULE: {"exemptions": [exemption(expires="next year")]}}, ['"expires"', "YYYY-MM-DD"]),
    ({RULE: {"exemptions": [exemption(expires="2027-11-22")]}}, [RULE, "12 months", "2027-11-21"]),
]


@pytest.mark.parametrize(("document", "fragments"), BROKEN)
def test_a_broken_file_is_refused_with_one_message(tmp_path: Path, document: Any, fragments: list[str]):
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, document), today=TODAY)
    message = str(refused.value)
    assert "\n" not in message
    for fragment in ["policy.json", *fragments]:
        assert fragment in message


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"nowhere\.json: cannot be read"):
        load_config(tmp_path / "nowhere.json")


def test_evaluate_refuses_an_exemption_too_far_ahead(tmp_path: Path):
    config = load_config(write(tmp_path, {RULE: {"exemptions": [exemption(expires="2028-01-01")]}}))
    with pytest.raises(ConfigError, match="12 months"):
        evaluate([], config, today=TODAY)


def test_numbers_may_be_floats_as_the_engine_sends_them():
    config = parse_config({"rds-backups": {"days": 3.0}}, BY_ID)
    assert config.rules["rds-backups"].params["days"] == 3


def test_all_sets_the_level_of_rules_that_are_not_named():
    config = parse_config({"all": "advisory", RULE: "mandatory"}, BY_ID)
    assert config.of(BY_ID["efs-encrypted"]).level == "advisory"
    assert config.of(BY_ID[RULE]).level == "mandatory"


@pytest.mark.parametrize(
    ("value", "found"), [("orders", False), ("ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2", True)], ids=["a name", "a token"]
)
def test_a_variable_that_is_said_to_hold_no_secret_is_judged_by_its_value(value: str, found: bool):
    rule = "no-secrets-in-environment"
    function = res("lambda/function", "orders", environment={"variables": {"SESSION_KEY": value}})
    config = parse_config({rule: {"not_secrets": ["SESSION_KEY"]}}, BY_ID)
    assert (rule in policies(evaluate([function], config, today=TODAY).violations)) is found
    assert rule in policies(evaluate([function], PackConfig(), today=TODAY).violations)


def exempt(today: date = TODAY, **changes: Any):
    config = parse_config({RULE: {"exemptions": [exemption(**changes)]}}, BY_ID)
    return evaluate([DATABASE], config, today=today)


def policies(findings: Any) -> list[str]:
    return [item.policy for item in findings]


def test_an_exemption_in_use_is_listed_and_no_violation():
    report = exempt()
    assert RULE not in policies(report.violations)
    (used,) = report.exempted
    assert (used.policy, used.urn, used.owner, used.expires) == (
        RULE,
        DATABASE.urn,
        "data team",
        "2027-03-01",
    )
    assert not report.warnings


def test_an_expired_exemption_is_a_violation_and_says_so():
    report = exempt(today=date(2027, 3, 2))
    (finding,) = [item for item in report.violations if item.policy == RULE]
    assert "data team" in finding.message
    assert "2027-03-01" in finding.message
    assert report.mandatory


def test_an_exemption_holds_on_its_last_day_and_is_warned_about():
    report = exempt(today=date(2027, 3, 1))
    assert RULE not in policies(report.violations)
    assert "2027-03-01" in report.warnings[0].message
    assert not exempt(today=date(2027, 3, 1) - timedelta(days=31)).warnings


def test_an_unused_exemption_is_warned_about():
    (warning,) = exempt(urn="*::other").warnings
    assert "unused" in warning.message


def test_brackets_in_a_pattern_are_plain_text():
    assert not policies(exempt(urn="*::mai[n]").exempted)


@pytest.mark.parametrize("cached", [True, False])
def test_the_engine_reports_exemptions_but_no_exempted_violations(cached: bool):
    config = {
        RULE: {"enforcementLevel": "mandatory", "exemptions": [exemption()]},
        "efs-encrypted": {"exemptions": [exemption()]},
    }
    with caching(cached):
        diagnostics = Engine(config).run([DATABASE])
    assert not diagnostics.of(RULE)
    messages = [message for _, level, _, message in diagnostics.of("exemptions") if level == "advisory"]
    assert any(message.startswith(f"{RULE}: exempted by data team") for message in messages)
    assert any("efs-encrypted" in message and "unused" in message for message in messages)


def test_the_engine_refuses_a_broken_configuration():
    with pytest.raises(ConfigError, match="12 months"):
        Engine({RULE: {"exemptions": [exemption(expires="2029-01-01")]}}).run([DATABASE])
    with pytest.raises(ConfigError, match=rf'{RULE}.*"undecidd".*undecided'):
        Engine({RULE: {"undecidd": "mandatory"}}).run([res("s3/bucket")])


def test_undecided_may_be_mandatory_but_not_more_than_its_rule():
    database = res("rds/instance", dbSubnetGroupName="elsewhere")
    rule = "data-in-private-subnets"
    for level, expected in (("mandatory", True), ("advisory", False)):
        config = parse_config({"all": "disabled", rule: {"enforcementLevel": level, "undecided": "mandatory"}}, BY_ID)
        assert evaluate([database], config, today=TODAY).mandatory is expected
    diagnostics = Engine({rule: {"enforcementLevel": "mandatory", "undecided": "mandatory"}}).run([database])
    assert [item[1] for item in diagnostics.of(rule)] == ["mandatory"]
    assert diagnostics.of(rule)[0][3].startswith("undecided: ")


def test_every_undecided_verdict_may_be_mandatory():
    database = res("rds/instance", dbSubnetGroupName="elsewhere")
    config = parse_config({"all": "disabled", "efs-encrypted": "advisory", "undecided": "mandatory"}, BY_ID)
    assert not evaluate([database], config, today=TODAY).mandatory
    config = parse_config({"data-in-private-subnets": "advisory", "undecided": "mandatory"}, BY_ID)
    report = evaluate([database], config, today=TODAY)
    assert {item.level for item in report.undecided} == {"mandatory"}
    diagnostics = Engine({"undecided": {"enforcementLevel": "mandatory"}}).run([database])
    assert "mandatory" in {item[1] for item in diagnostics.of("undecided")}


@pytest.mark.parametrize("name", [*(f"profiles/{name}" for name in PROFILES), *(f"config/{name}" for name in CONFIGS)])
def test_shipped_configurations_are_complete_and_valid(name: str):
    path = PACK / f"{name}.json"
    load_config(path, today=TODAY)
    assert set(json.loads(path.read_text(encoding="utf-8"))) == set(BY_ID)


def test_levels_of_the_profiles():
    strict, baseline = profile_document("strict"), profile_document("baseline")
    for rule_id in ("public-listener-https", "deletion-protection", "final-snapshot"):
        assert baseline[rule_id]["enforcementLevel"] == "disabled"
        assert strict[rule_id]["enforcementLevel"] == "mandatory"
    assert strict["api-route-authorised"]["enforcementLevel"] == "advisory"
    assert strict["customer-managed-keys"]["enforcementLevel"] == "disabled"
    assert profile_document("require-cmk")["customer-managed-keys"]["enforcementLevel"] == "mandatory"
    assert profile_document("cis")["iam-trust-narrow"]["enforcementLevel"] == "disabled"


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
def test_the_schema_shows_every_key_that_the_parser_takes(rule_id: str):
    rule = BY_ID[rule_id]
    assert set(config_schema(rule)) == {"undecided", "exemptions", *(param.name for param in rule.params)}


def test_defaults_need_no_file():
    assert load_config(None) == PackConfig()
