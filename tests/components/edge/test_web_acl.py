"""The web ACL: rules, logging, redaction, and what AWS would refuse."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.edge.web_acl import WebAcl, WebAclArgs
from preview.plan import Plan
from settings.edge.web_acl import WebAcl as WebAclSettings
from tests.recording import children, one, record

ACL = "aws:wafv2/webAcl:WebAcl"
LOG = "aws:cloudwatch/logGroup:LogGroup"
LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/entry/50dc6c495c0c9188"


def args(settings: dict[str, Any] | None = None, **others: Any) -> WebAclArgs:
    values: dict[str, Any] = {"scope": "REGIONAL", "log_group_name": "aws-waf-logs-test", "resource_arn": BALANCER}
    return WebAclArgs(settings=WebAclSettings(**(settings or {})), **{**values, **others})


def web_acl(settings: dict[str, Any] | None = None, **others: Any) -> Plan:
    return record(lambda: pulumi.export("arn", WebAcl("web-acl", args(settings, **others)).arn))


@pytest.fixture(scope="module")
def plain() -> Plan:
    return web_acl()


def rules(plan: Plan) -> dict[str, dict[str, Any]]:
    return {rule["name"]: rule for rule in one(plan.phases["preview"], ACL).inputs["rules"]}


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert children(phase) == [
            (LOG, "web-acl-log"),
            (ACL, "web-acl"),
            (ASSOCIATION, "web-acl-association"),
            (LOGGING, "web-acl-logging"),
        ]


def test_associated_with_the_load_balancer(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    acl, association = one(phase, ACL), one(phase, ASSOCIATION)
    assert acl.inputs["scope"] == "REGIONAL"
    assert acl.inputs["defaultAction"] == {"allow": {}}
    assert association.inputs == {"resourceArn": BALANCER, "webAclArn": acl.outputs["arn"]}
    assert phase.outputs["arn"] == acl.outputs["arn"]


def test_managed_groups_with_their_own_actions(plain: Plan) -> None:
    by_name = rules(plain)
    groups = {name: rule["statement"].get("managedRuleGroupStatement") for name, rule in by_name.items()}
    assert {name: group["name"] for name, group in groups.items() if group} == {
        "reputation": "AWSManagedRulesAmazonIpReputationList",
        "common": "AWSManagedRulesCommonRuleSet",
        "bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
    }
    for name, group in groups.items():
        if group:
            assert group["vendorName"] == "AWS"
            assert by_name[name]["overrideAction"] == {"none": {}}
            assert "version" not in group
    assert sorted(rule["priority"] for rule in by_name.values()) == [0, 1, 2, 3]


def test_rate_limit_per_address(plain: Plan) -> None:
    rate = rules(plain)["rate"]
    assert rate["action"] == {"block": {}}
    assert rate["statement"]["rateBasedStatement"] == {
        "aggregateKeyType": "IP",
        "limit": 2000,
        "evaluationWindowSec": 300,
    }
    assert "rate" not in rules(web_acl({"requests_per_5_minutes": None}))


def test_large_bodies_are_counted_and_not_blocked(plain: Plan) -> None:
    overridden = rules(plain)["common"]["statement"]["managedRuleGroupStatement"]["ruleActionOverrides"]
    assert overridden == [{"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}]
    strict = rules(web_acl({"observe": {}}))["common"]["statement"]["managedRuleGroupStatement"]
    assert "ruleActionOverrides" not in strict


def test_sql_injection_by_setting(plain: Plan) -> None:
    assert "sql" not in rules(plain)
    group = rules(web_acl({"sql": True}))["sql"]["statement"]["managedRuleGroupStatement"]
    assert group["name"] == "AWSManagedRulesSQLiRuleSet"


def test_log(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    log, logging = one(phase, LOG), one(phase, LOGGING).inputs
    assert (log.inputs["name"], log.inputs["retentionInDays"]) == ("aws-waf-logs-test", 30)
    assert logging["logDestinationConfigs"] == [log.outputs["arn"]]
    assert logging["resourceArn"] == one(phase, ACL).outputs["arn"]
    assert logging["loggingFilter"]["defaultBehavior"] == "DROP"
    matches = logging["loggingFilter"]["filters"][0]
    assert matches["behavior"] == "KEEP"
    assert {c["actionCondition"]["action"] for c in matches["conditions"]} == {"BLOCK", "COUNT", "EXCLUDED_AS_COUNT"}
    assert "loggingFilter" not in one(web_acl({"log": "all"}).phases["deployed"], LOGGING).inputs


def test_cookies_and_authorization_are_redacted(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    redacted = one(phase, LOGGING).inputs["redactedFields"]
    assert redacted == [{"singleHeader": {"name": name}} for name in ("authorization", "cookie")]
    acl = one(phase, ACL).inputs
    for visibility in (acl["visibilityConfig"], *(rule["visibilityConfig"] for rule in acl["rules"])):
        assert visibility["sampledRequestsEnabled"] is False
        assert visibility["cloudwatchMetricsEnabled"] is True


def test_metric_names_are_unique(plain: Plan) -> None:
    acl = one(plain.phases["deployed"], ACL).inputs
    names = [acl["visibilityConfig"]["metricName"], *(rule["visibilityConfig"]["metricName"] for rule in acl["rules"])]
    assert len(set(names)) == len(names)


def test_for_cloudfront_in_us_east_1() -> None:
    plan = web_acl(scope="CLOUDFRONT", region="us-east-1", resource_arn=None)
    phase = plan.phases["deployed"]
    assert not phase.of_type(ASSOCIATION)
    for type_ in (ACL, LOG, LOGGING):
        assert one(phase, type_).inputs["region"] == "us-east-1"


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"log_group_name": "/test/waf"}, "needs a log group named aws-waf-logs-…, not /test/waf"),
        ({"scope": "CLOUDFRONT", "resource_arn": None}, "must be in us-east-1; set region"),
        ({"scope": "CLOUDFRONT", "region": "us-east-1"}, "a distribution refers to its web ACL itself"),
    ],
)
def test_refuses(others: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        args(**others)


def test_the_log_is_encrypted_with_the_key_where_there_is_one_in_its_region(plain: Plan) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    assert one(web_acl(key_arn=key).phases["deployed"], LOG).inputs["kmsKeyId"] == key
    assert "kmsKeyId" not in one(plain.phases["deployed"], LOG).inputs
