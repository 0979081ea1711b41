"""The events that people are told of: deployments and tasks that failed, databases that fell over."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.observability.event_notification import EventNotificationArgs, Message

__all__ = ["database_trouble", "failed_deployments", "stopped_tasks"]

# RDS's own names of its categories. A restart that `up` asks for is in another one.
_TROUBLE = ["failover", "failure", "low storage", "recovery"]


def failed_deployments(
    stack: str, topic_arn: pulumi.Input[str], cluster_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Deployments that ECS gave up, of every service in the cluster."""
    services = pulumi.Output.from_input(cluster_arn).apply(lambda arn: arn.replace(":cluster/", ":service/", 1) + "/")
    return EventNotificationArgs(
        what="A deployment failed",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            # The event names the service and not its cluster; the ARN of a service begins with its cluster's.
            "resources": [{"prefix": services}],
            "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
        },
        message=Message(
            title=f"{stack}: a deployment failed",
            reason="$.detail.reason",
            values={"service": "$.resources[0]", "deployment": "$.detail.deploymentId"},
            next_steps=[
                "It is <deployment> of <service>.",
                "ECS goes back to the last deployment that was steady: what ran before runs on, or again.",
                f"Why its tasks stopped: the notices before this one, and the service's log group, "
                f"/{stack}/service/ and its name. Mend it, and deploy again.",
            ],
        ),
        topic_arn=topic_arn,
    )


def stopped_tasks(
    stack: str, region: str, topic_arn: pulumi.Input[str], cluster_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Tasks of the cluster that a fault stopped: not a person, a deployment, scaling, nor the loss of Spot capacity."""
    return EventNotificationArgs(
        what="A task stopped by a fault",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {
                "clusterArn": [cluster_arn],
                "lastStatus": ["STOPPED"],
                "$or": [
                    {"stopCode": ["TaskFailedToStart"]},
                    # A service never ends by itself; a one-off task does, with 0 where all is well.
                    {"stopCode": ["EssentialContainerExited"], "group": [{"prefix": "service:"}]},
                    {
                        "stopCode": ["EssentialContainerExited"],
                        "containers": {"exitCode": [{"numeric": [">", 0]}]},
                    },
                    # Its health checks failed, as the load balancer or the container itself saw it.
                    {"stopCode": ["ServiceSchedulerInitiated"], "stoppedReason": [{"prefix": "Task failed "}]},
                ],
            },
        },
        message=Message(
            title=f"{stack}: a task of <group> stopped",
            reason="$.detail.stoppedReason",
            values={
                "group": "$.detail.group",
                "task": "$.detail.taskArn",
                "cluster": "$.detail.clusterArn",
                "time": "$.time",
            },
            next_steps=[
                f"The last lines before <time> in its log group, /{stack}/service/ or /{stack}/task/ and its name.",
                "Its exit codes, for about an hour: "
                f"aws ecs describe-tasks --region {region} --cluster <cluster> --tasks <task>",
                "ECS starts another task of a service by itself, less often each time; a one-off task stays stopped.",
            ],
        ),
        topic_arn=topic_arn,
    )


def database_trouble(stack: str, topic_arn: pulumi.Input[str], identifiers: Sequence[str]) -> EventNotificationArgs:
    """Failovers and failures of the databases with these identifiers."""
    return EventNotificationArgs(
        what="A database failed, or failed over",
        pattern={
            "source": ["aws.rds"],
            "detail-type": ["RDS DB Instance Event"],
            "detail": {"EventCategories": _TROUBLE, "SourceIdentifier": list(identifiers)},
        },
        message=Message(
            title=f"{stack}: the database <database>",
            reason="$.detail.Message",
            values={"database": "$.detail.SourceIdentifier", "event": "$.detail.EventID"},
            next_steps=[
                "A failover cuts every connection for a minute or two; services that connect anew go on by themselves.",
                "The database's row on the dashboard: connections come back, and storage is left.",
                "What RDS says about <event>, and what follows: RDS, Databases, <database>, Logs & events.",
            ],
        ),
        topic_arn=topic_arn,
    )
