"""The events that are notified: failed deployments, tasks and backups, failures and failovers of databases."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.data.rotation import FAILED, rotation_events
from components.observability.event_notification import EventNotificationArgs, Message

__all__ = [
    "database_trouble",
    "failed_backups",
    "failed_copies",
    "failed_deployments",
    "failed_rotations",
    "stopped_tasks",
]

# Event categories as RDS names them. A restart that `up` causes is in another one.
_FAILURE_CATEGORIES = ["failover", "failure", "low storage", "recovery"]


def failed_deployments(
    stack: str, topic_arn: pulumi.Input[str], cluster_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Failed deployments of every service in the cluster."""
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
                "ECS rolls back to the last deployment that was steady: its tasks keep running, or run again.",
                f"To see why its tasks stopped, read the notifications before this one and the service's log group, "
                f"/{stack}/service/ and its name. Fix the cause, and deploy again.",
            ],
        ),
        topic_arn=topic_arn,
    )


def stopped_tasks(
    stack: str, region: str, topic_arn: pulumi.Input[str], cluster_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Tasks of the cluster that failed: not those that a person, a deployment, scaling or the loss of Spot stopped."""
    return EventNotificationArgs(
        what="A task failed",
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
                    # The health checks of the load balancer or of the container failed.
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
                f"Read the lines before <time> in its log group, /{stack}/service/ or /{stack}/task/ and its name.",
                "For its exit codes, available for about an hour, run: "
                f"aws ecs describe-tasks --region {region} --cluster <cluster> --tasks <task>",
                "ECS replaces a task of a service by itself, at growing intervals; a one-off task stays stopped.",
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
            "detail": {"EventCategories": _FAILURE_CATEGORIES, "SourceIdentifier": list(identifiers)},
        },
        message=Message(
            title=f"{stack}: the database <database>",
            reason="$.detail.Message",
            values={"database": "$.detail.SourceIdentifier", "event": "$.detail.EventID"},
            next_steps=[
                "A failover drops every connection for a minute or two; services that reconnect recover by themselves.",
                "Check on the database's row of the dashboard that connections come back and storage is left.",
                "See what RDS writes about <event>, and what follows: RDS, Databases, <database>, Logs & events.",
            ],
        ),
        topic_arn=topic_arn,
    )


def failed_backups(
    stack: str, region: str, topic_arn: pulumi.Input[str], vault_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Jobs of this vault that ended without a whole recovery point."""
    return EventNotificationArgs(
        what="A backup did not complete",
        pattern={
            "source": ["aws.backup"],
            "detail-type": ["Backup Job State Change"],
            "detail": {"backupVaultArn": [vault_arn], "state": ["FAILED", "EXPIRED", "ABORTED", "PARTIAL"]},
        },
        message=Message(
            title=f"{stack}: a backup did not complete, its state is <state>",
            # Not every state comes with a text of AWS's own.
            reason="$.detail.resourceArn",
            values={"state": "$.detail.state", "job": "$.detail.backupJobId"},
            next_steps=[
                f"For the reason, run: aws backup describe-backup-job --region {region} --backup-job-id <job>",
                "EXPIRED: it did not start within an hour, or did not end within eight; the next one continues it "
                "where the resource allows that.",
                "The recovery points of earlier days are there. Start a backup by hand if the next one is too late.",
            ],
        ),
        topic_arn=topic_arn,
    )


def failed_copies(
    stack: str, region: str, topic_arn: pulumi.Input[str], copy_vault_arn: pulumi.Input[str]
) -> EventNotificationArgs:
    """Copies to this vault of another region that failed."""
    return EventNotificationArgs(
        what="A copy of a backup failed",
        pattern={
            "source": ["aws.backup"],
            "detail-type": ["Copy Job State Change"],
            "detail": {"destinationBackupVaultArn": [copy_vault_arn], "state": ["FAILED", "PARTIAL"]},
        },
        message=Message(
            title=f"{stack}: a backup was not copied to the other region, its state is <state>",
            reason="$.detail.resourceArn",
            values={"state": "$.detail.state", "job": "$.detail.copyJobId"},
            next_steps=[
                f"For the reason, run: aws backup describe-copy-job --region {region} --copy-job-id <job>",
                "The backup itself is in the stack's own region. Check that the other region is enabled, and that the "
                "account has opted in there to backups of this kind of resource.",
            ],
        ),
        topic_arn=topic_arn,
    )


def failed_rotations(
    stack: str, topic_arn: pulumi.Input[str], secret_arns: Sequence[pulumi.Input[str]]
) -> EventNotificationArgs:
    """Rotations of these secrets that failed; EventBridge receives them only with a trail in CloudTrail."""
    return EventNotificationArgs(
        what="A password was not rotated",
        pattern=rotation_events(secret_arns, *FAILED),
        message=Message(
            title=f"{stack}: a database's password was not rotated",
            reason="$.detail.eventName",
            values={"secret": "$.detail.additionalEventData.SecretId"},
            next_steps=[
                "It is the secret <secret>. The old password is still valid, and nothing is down.",
                "Read why in CloudTrail, in the event of this name, and see whether RDS shows the secret as impaired.",
                "Rotate it by hand: aws secretsmanager rotate-secret --secret-id <secret>",
            ],
        ),
        topic_arn=topic_arn,
    )
