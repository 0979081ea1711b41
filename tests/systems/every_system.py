"""What every system must have, whatever else it has."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.lines import Line, document, of

__all__ = ["COMMON"]


def flow_logs(plan: Plan) -> None:
    log = of(plan, ":FlowLog").inputs
    assert log["vpcId"] == of(plan, ":Vpc").id
    assert log["logDestination"] == of(plan, ":LogGroup", "network-flow-logs").outputs["arn"]
    assert log["trafficType"] == "ALL"


def default_group_is_emptied(plan: Plan) -> None:
    group = of(plan, ":DefaultSecurityGroup").inputs
    assert group["vpcId"] == of(plan, ":Vpc").id
    assert not group.get("ingress")
    assert not group.get("egress")


def repositories(plan: Plan) -> None:
    found = [r for r in plan.phases["deployed"].records if r.type == "aws:ecr/repository:Repository"]
    assert found
    for repository in found:
        assert repository.inputs["imageTagMutability"] == "IMMUTABLE"
        assert repository.inputs["imageScanningConfiguration"] == {"scanOnPush": True}
        lifecycle = of(plan, ":LifecyclePolicy", f"{repository.name}-lifecycle")
        assert document(lifecycle, "policy")["rules"]


def log_groups_have_retention(plan: Plan) -> None:
    found = [r for r in plan.phases["deployed"].records if r.type == "aws:cloudwatch/logGroup:LogGroup"]
    assert "network-flow-logs" in {group.name for group in found}
    assert all(group.inputs["retentionInDays"] > 0 for group in found)


def https_listener(plan: Plan) -> None:
    listener = of(plan, ":Listener", "load-balancer-https").inputs
    assert (listener["port"], listener["protocol"]) == (443, "HTTPS")
    assert "TLS13" in listener["sslPolicy"]
    assert listener["certificateArn"].startswith("arn:aws:acm:")


COMMON = (
    Line("flow logs", flow_logs, ("networking:FlowLogs", ":FlowLog")),
    Line("default security group emptied", default_group_is_emptied, (":DefaultSecurityGroup",)),
    Line("ECR: immutable tags, scan on push, lifecycle", repositories, (":LifecyclePolicy", ":Repository")),
    Line("log groups with retention", log_groups_have_retention, ("networking:FlowLogs",)),
    Line("HTTPS", https_listener, ("edge:LoadBalancer", "load-balancer-https")),
)
