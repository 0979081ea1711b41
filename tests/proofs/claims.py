"""The claims that were taken from documentation and source code, with the steps that prove each of them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CLAIMS", "Claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. `topic` is its item in docs/quality.md, under "What is not tested".

    `steps` are for a person, who changes settings and runs commands that change AWS. `checks` are commands that only
    read, with names in braces to fill in; `proven` says what they show where the claim is true.
    """

    topic: str
    claim: str
    steps: tuple[str, ...]
    checks: tuple[tuple[str, ...], ...]
    proven: str


def _aws(command: str, query: str = "") -> tuple[str, ...]:
    return ("aws", *command.split(), *(("--query", query) if query else ()))


CLAIMS: dict[str, Claim] = {
    "route": Claim(
        topic="Changes of what runs",
        claim="a route can be added to a rolling service and taken from it in place",
        steps=(
            "deploy a dev stack with a service that has a port and no route; note createdAt",
            "add route: {paths: [/*], health: /} to the service, pulumi up; note createdAt",
            "take the route away again, pulumi up; note createdAt",
        ),
        checks=(
            _aws(
                "ecs describe-services --cluster {cluster} --services {service}",
                "services[0].{created: createdAt, grace: healthCheckGracePeriodSeconds, balancers: loadBalancers}",
            ),
        ),
        proven="each up ends without an error, createdAt stays the same, and balancers has one entry, then none",
    ),
    "login": Claim(
        topic="Changes of what runs",
        claim="with apply: window ElastiCache keeps the old login until the maintenance window",
        steps=("in a dev stack set apply: window and auth: rbac on a cache that has a token, pulumi up",),
        checks=(
            _aws(
                "elasticache describe-replication-groups --replication-group-id {cache}",
                "ReplicationGroups[0].[PendingModifiedValues, UserGroupIds]",
            ),
        ),
        proven="before the window UserGroupIds is empty, and PendingModifiedValues has the user group",
    ),
    "interrupted": Claim(
        topic="Changes of what runs",
        claim="an interrupted up leaves the deployment running, and it can be ended by hand",
        steps=(
            "change an image of a service, pulumi up, and press Ctrl-C twice while it waits for the service",
            "run the two aws commands of docs/deploying.md, After an interrupted up",
        ),
        checks=(
            _aws(
                "ecs list-service-deployments --cluster {cluster} --service {service}", "serviceDeployments[0].status"
            ),
        ),
        proven="the status is IN_PROGRESS after Ctrl-C, and ROLLBACK_SUCCESSFUL after stop-service-deployment",
    ),
    "teardown": Claim(
        topic="Destroying a stack",
        claim="protect: false, pulumi up, pulumi destroy deletes a stack that holds data, and it can be created again",
        steps=(
            "deploy a stack with protect: true; put an object into a bucket, push an image, wait for one backup",
            "pulumi destroy, which its preview refuses",
            "set protect: false, pulumi up, pulumi destroy; then pulumi up again",
        ),
        checks=(
            _aws(
                "resourcegroupstaggingapi get-resources --tag-filters Key=Stack,Values={stack}",
                "ResourceTagMappingList[].ResourceARN",
            ),
        ),
        proven="after destroy nothing is left but keys, task definitions, and what is being deleted",
    ),
    "restore": Claim(
        topic="Restoring a database",
        claim="restore_from replaces nothing but its store",
        steps=("follow docs/backups.md with a dev stack, from a snapshot and to a point in time",),
        checks=(
            _aws(
                "rds describe-db-instances",
                "DBInstances[].{name: DBInstanceIdentifier, created: InstanceCreateTime, status: DBInstanceStatus}",
            ),
        ),
        proven="only the restored instance is new, and the second pulumi up shows no change",
    ),
    "storage": Claim(
        topic="The provider's own Check and Diff",
        claim="a database grows past 400 GiB in one up",
        steps=("in a dev stack change storage_gb from 100 to 400, pulumi up", "then 400 to 500, pulumi up"),
        checks=(
            _aws(
                "rds describe-db-instances --db-instance-identifier {database}",
                "DBInstances[0].{size: AllocatedStorage, iops: Iops, pending: PendingModifiedValues}",
            ),
        ),
        proven="both end without an error, with 12000 iops from 400 GiB on",
    ),
    "backups": Claim(
        topic="Backups",
        claim="AWS Backup makes recovery points in the vault, and copies in the other region",
        steps=("set backup_plan: true on a database and backup: {copy_to: …}, pulumi up, and wait a day",),
        checks=(
            _aws(
                "backup list-recovery-points-by-backup-vault --backup-vault-name {vault}",
                "RecoveryPoints[].[ResourceType, Status]",
            ),
        ),
        proven="one COMPLETED point for each resource and day, in both regions",
    ),
    "slack": Claim(
        topic="Slack",
        claim="an alarm arrives in the channel, in words that say what to do",
        steps=("aws cloudwatch set-alarm-state --alarm-name <an alarm> --state-value ALARM --state-reason test",),
        checks=(),
        proven="the message arrives, once",
    ),
    "reminders": Claim(
        topic="Reminders of secrets",
        claim="the state machines that remind of secrets and redeploy services run to their end",
        steps=("start each of them once: Step Functions in the console",),
        checks=(_aws("stepfunctions list-executions --state-machine-arn {machine}", "executions[0].status"),),
        proven="SUCCEEDED",
    ),
    "backlog": Claim(
        topic="Scaling by backlog",
        claim="a message starts a task of a worker that is scaled to zero",
        steps=("aws sqs send-message to the queue of a service with replicas: {min: 0, backlog_per_task: …}",),
        checks=(
            _aws(
                "ecs describe-services --cluster {cluster} --services {service}",
                "services[0].[desiredCount, runningCount]",
            ),
        ),
        proven="within five minutes there is a task, and none some time after the queue is empty",
    ),
    "distribution": Claim(
        topic="CloudFront",
        claim="a VPC origin calls an internal load balancer by the name on its certificate, and logs are delivered",
        steps=("deploy a stack with distribution: {origin: vpc}, and request a page",),
        checks=(_aws("s3api list-objects-v2 --bucket {log_bucket} --max-items 1", "Contents[].Key"),),
        proven="the page is answered with 200, and within an hour the bucket has an object",
    ),
}
"""By the name that `make prove` takes."""
