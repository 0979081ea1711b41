"""Logs: kept for a stated time, and written where something happens."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Property, judge_rows, must_be_set, types_of
from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN

INSIGHTS = ("enabled", "enhanced")
EXPORTS = ("rds/instance", "rds/cluster")
BALANCER_LOGS = (Flag("lb/loadBalancer", "accessLogs.enabled"),)


ACCESS_LOGS = (
    Property("apigatewayv2/stage", "accessLogSettings.destinationArn"),
    Property("cloudfront/distribution", "loggingConfig.bucket"),
)


def _retention(ctx: Context) -> Iterator[Outcome]:
    days = ctx.at("retentionInDays").number(0)
    minimum = ctx.params["days"]
    if days is UNKNOWN:
        yield undecided("retentionInDays cannot be told")
    elif days == 0:
        yield violation("retentionInDays must be set: logs without it are kept, and paid for, for ever")
    elif days < minimum:
        yield violation(f"retentionInDays must be at least {minimum}")


def _flow_logs(ctx: Context) -> Iterator[Outcome]:
    for log in ctx.stack.of("ec2/flowLog"):
        if any(ctx.resource in ref.candidates for ref in ctx.stack.references(log, "vpcId", ("ec2/vpc",))):
            return
    yield violation("no aws:ec2/flowLog records the traffic of the VPC")


def _control_plane(ctx: Context) -> Iterator[Outcome]:
    found = [item.text("") for item in ctx.at("enabledClusterLogTypes").items()]
    missing = [kind for kind in ctx.params["types"] if kind not in found]
    if missing and UNKNOWN in found:
        yield undecided("enabledClusterLogTypes cannot be told")
    elif missing:
        yield violation(f"enabledClusterLogTypes lacks {', '.join(missing)}")


def _exports(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("enabledCloudwatchLogsExports")
    if node.unknown:
        yield undecided(f"{node.path} cannot be told")
    elif not node.items():
        yield violation(f"{node.path} must name the logs to export")


def _access_logs(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "cloudfront/distribution" and ctx.at("loggingConfig").absent:
        sure = _delivers(ctx)
        if sure is not None:
            yield from () if sure else (undecided("whether its logs are delivered cannot be told"),)
            return
    for row in ACCESS_LOGS:
        if row.type == kind:
            yield from must_be_set(
                ctx, ctx.at(row.path), ("cloudwatch/logGroup", "s3/bucket", "kinesis/firehoseDeliveryStream")
            )


def _delivers(ctx: Context) -> bool | None:
    """Whether logs go the newer way, which the distribution itself does not name; False where that may be."""
    found = [
        ref.certain
        for source in ctx.stack.of("cloudwatch/logDeliverySource")
        for ref in ctx.stack.references(source, "resourceArn", ("cloudfront/distribution",))
        if ctx.resource in ref.candidates
    ]
    return any(found) if found else None


def _insights(ctx: Context) -> Iterator[Outcome]:
    settings = [(item.at("name").text(""), item.at("value").text("")) for item in ctx.at("settings").items()]
    if any(name == "containerInsights" and value in INSIGHTS for name, value in settings):
        return
    if any(UNKNOWN in setting for setting in settings):
        yield undecided("settings cannot be told")
    else:
        yield violation("settings must switch containerInsights on")


def _search_logs(ctx: Context) -> Iterator[Outcome]:
    options = ctx.at("logPublishingOptions").items()
    if any(item.unknown for item in options):
        yield undecided("logPublishingOptions cannot be told")
    elif not options:
        yield violation("logPublishingOptions must publish the domain's logs")


RULES = (
    Rule(
        id="log-retention",
        title="Log groups keep logs for a stated time",
        severity="medium",
        controls=("FSBP CloudWatch.16",),
        fix="Set retentionInDays.",
        types=("cloudwatch/logGroup",),
        check=_retention,
        params=(
            Param(
                name="days",
                kind="integer",
                default=1,
                doc="days that logs are kept for, at least",
                profiles={"fsbp": 365},
            ),
        ),
    ),
    Rule(
        id="vpc-flow-logs",
        title="The traffic of a VPC is recorded",
        severity="medium",
        controls=("FSBP EC2.6", "CIS 3.7"),
        fix="Add aws:ec2/flowLog for the VPC.",
        types=("ec2/vpc",),
        check=_flow_logs,
        baseline="advisory",
        graph=True,
    ),
    Rule(
        id="eks-control-plane-logs",
        title="EKS logs what its control plane does",
        severity="medium",
        controls=("FSBP EKS.8",),
        fix="Set enabledClusterLogTypes.",
        types=("eks/cluster",),
        check=_control_plane,
        params=(
            Param(
                name="types",
                kind="strings",
                default=("api", "audit", "authenticator"),
                doc="log types that must be on",
            ),
        ),
        baseline="advisory",
    ),
    Rule(
        id="rds-logs-exported",
        title="Databases export their logs to CloudWatch",
        severity="low",
        controls=("FSBP RDS.9", "FSBP RDS.34"),
        fix="Set enabledCloudwatchLogsExports.",
        types=EXPORTS,
        check=_exports,
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="load-balancer-access-logs",
        title="Load balancers write access logs",
        severity="low",
        controls=("FSBP ELB.5",),
        fix="Set accessLogs with a bucket and enabled.",
        types=types_of(BALANCER_LOGS),
        check=judge_rows(BALANCER_LOGS),
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="edge-access-logs",
        title="API stages and CloudFront distributions write access logs",
        severity="low",
        controls=("FSBP APIGateway.9", "FSBP CloudFront.5"),
        fix="Set accessLogSettings.destinationArn, or loggingConfig.bucket or an aws:cloudwatch/logDeliverySource.",
        types=types_of(ACCESS_LOGS),
        check=_access_logs,
        baseline="disabled",
        strict="advisory",
        graph=True,
    ),
    Rule(
        id="ecs-container-insights",
        title="ECS clusters report container metrics",
        severity="low",
        controls=("FSBP ECS.12",),
        fix="Add the setting containerInsights with value enabled.",
        types=("ecs/cluster",),
        check=_insights,
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="opensearch-logs",
        title="OpenSearch domains publish their logs",
        severity="low",
        controls=("FSBP OpenSearch.4", "FSBP OpenSearch.5"),
        fix="Set logPublishingOptions.",
        types=("opensearch/domain",),
        check=_search_logs,
        baseline="disabled",
        strict="advisory",
    ),
)
