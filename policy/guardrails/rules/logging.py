"""Logs: retention, and which resources must write logs."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Property, judge_rows, must_be_set, types_of
from ..model import Check, Context, Outcome, Param, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN

INSIGHTS = ("enabled", "enhanced")
EXPORTS = ("rds/instance", "rds/cluster")
BALANCER_LOGS = (Flag("lb/loadBalancer", "accessLogs.enabled"),)


ACCESS_LOGS = (
    Property("apigatewayv2/stage", "accessLogSettings.destinationArn"),
    Property("cloudfront/distribution", "loggingConfig.bucket"),
)


def _balancer_logs(*, internal: bool) -> Check:
    """Checks load balancers of one scheme; where the scheme is unknown, no logs are undecided."""

    def check(ctx: Context) -> Iterator[Outcome]:
        scheme = ctx.at("internal").flag(False)
        if scheme not in (internal, UNKNOWN):
            return
        for outcome in judge_rows(BALANCER_LOGS)(ctx):
            yield undecided("internal cannot be determined") if scheme is UNKNOWN else outcome

    return check


def _retention(ctx: Context) -> Iterator[Outcome]:
    days = ctx.at("retentionInDays").number(0)
    minimum = ctx.params["days"]
    if days is UNKNOWN:
        yield undecided("retentionInDays cannot be determined")
    elif days == 0:
        yield violation("retentionInDays must be set: without it, logs are kept and billed indefinitely")
    elif days < minimum:
        yield violation(f"retentionInDays must be at least {minimum}")


def _flow_logs(ctx: Context) -> Iterator[Outcome]:
    for log in ctx.stack.of("ec2/flowLog"):
        if any(ctx.resource in ref.candidates for ref in ctx.stack.references(log, "vpcId", ("ec2/vpc",))):
            return
    yield violation("the VPC has no aws:ec2/flowLog")


def _control_plane(ctx: Context) -> Iterator[Outcome]:
    enabled = [item.text("") for item in ctx.at("enabledClusterLogTypes").items()]
    missing = [kind for kind in ctx.params["types"] if kind not in enabled]
    if missing and UNKNOWN in enabled:
        yield undecided("enabledClusterLogTypes cannot be determined")
    elif missing:
        yield violation(f"enabledClusterLogTypes lacks {', '.join(missing)}")


def _exports(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("enabledCloudwatchLogsExports")
    if node.unknown:
        yield undecided(f"{node.path} cannot be determined")
    elif not node.items():
        yield violation(f"{node.path} must list the logs to export")


def _access_logs(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "cloudfront/distribution" and ctx.at("loggingConfig").absent:
        delivers = _delivers(ctx)
        if delivers is not None:
            if not delivers:
                yield undecided("an aws:cloudwatch/logDeliverySource may belong to the distribution")
            return
    for row in ACCESS_LOGS:
        if row.type == kind:
            yield from must_be_set(
                ctx, ctx.at(row.path), ("cloudwatch/logGroup", "s3/bucket", "kinesis/firehoseDeliveryStream")
            )


def _delivers(ctx: Context) -> bool | None:
    """Whether a log delivery source belongs to the distribution; False where one may, None where none does."""
    matches = [
        ref.certain
        for source in ctx.stack.of("cloudwatch/logDeliverySource")
        for ref in ctx.stack.references(source, "resourceArn", ("cloudfront/distribution",))
        if ctx.resource in ref.candidates
    ]
    return any(matches) if matches else None


def _insights(ctx: Context) -> Iterator[Outcome]:
    settings = [(item.at("name").text(""), item.at("value").text("")) for item in ctx.at("settings").items()]
    if any(name == "containerInsights" and value in INSIGHTS for name, value in settings):
        return
    if any(UNKNOWN in setting for setting in settings):
        yield undecided("settings cannot be determined")
    else:
        yield violation("settings must enable containerInsights")


def _search_logs(ctx: Context) -> Iterator[Outcome]:
    options = ctx.at("logPublishingOptions").items()
    if any(item.unknown for item in options):
        yield undecided("logPublishingOptions cannot be determined")
    elif not options:
        yield violation("logPublishingOptions must not be empty")


RULES = (
    Rule(
        id="log-retention",
        title="Log groups have a retention period",
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
                doc="minimum days that logs are kept",
                profiles={"fsbp": 365},
            ),
        ),
    ),
    Rule(
        id="vpc-flow-logs",
        title="VPCs have flow logs",
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
        title="EKS control planes write logs",
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
                doc="log types that must be enabled",
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
        title="Internet-facing load balancers write access logs",
        severity="low",
        controls=("FSBP ELB.5",),
        fix="Set accessLogs.bucket, and accessLogs.enabled to true.",
        types=types_of(BALANCER_LOGS),
        check=_balancer_logs(internal=False),
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="internal-load-balancer-access-logs",
        title="Internal load balancers write access logs, even where an API or a distribution in front of them does",
        severity="low",
        controls=("FSBP ELB.5",),
        fix="Set accessLogs.bucket, and accessLogs.enabled to true.",
        types=types_of(BALANCER_LOGS),
        check=_balancer_logs(internal=True),
        baseline="disabled",
        strict="disabled",
    ),
    Rule(
        id="edge-access-logs",
        title="API stages and CloudFront distributions write access logs",
        severity="low",
        controls=("FSBP APIGateway.9", "FSBP CloudFront.5"),
        fix="Set accessLogSettings.destinationArn or loggingConfig.bucket, or add aws:cloudwatch/logDeliverySource.",
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
        fix="Add the setting containerInsights with the value enabled.",
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
