"""Tags: every taggable resource has the required tags."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..values import Node

TAGGABLE = (
    "acm/certificate",
    "amplify/app",
    "apigatewayv2/api",
    "backup/vault",
    "cloudfront/distribution",
    "cloudwatch/logGroup",
    "cognito/userPool",
    "dynamodb/table",
    "ec2/instance",
    "ec2/launchTemplate",
    "ec2/natGateway",
    "ec2/securityGroup",
    "ec2/subnet",
    "ec2/vpc",
    "ec2/vpcEndpoint",
    "ecr/repository",
    "ecs/cluster",
    "ecs/service",
    "ecs/taskDefinition",
    "efs/fileSystem",
    "eks/cluster",
    "eks/nodeGroup",
    "elasticache/replicationGroup",
    "elasticache/serverlessCache",
    "iam/role",
    "kms/key",
    "lambda/function",
    "lb/loadBalancer",
    "lb/targetGroup",
    "opensearch/domain",
    "rds/cluster",
    "rds/clusterInstance",
    "rds/instance",
    "s3/bucket",
    "secretsmanager/secret",
    "sns/topic",
    "sqs/queue",
    "ssm/parameter",
)


def _tagged(ctx: Context) -> Iterator[Outcome]:
    maps = (ctx.at("tags"), ctx.at("tagsAll"))
    present = {key for node in maps for key, entry in node.entries() if not entry.absent}
    default = Node(ctx.resource.provider_inputs).at("defaultTags.tags")
    present |= {key for key, _ in default.entries()}
    missing = [key for key in ctx.params["tags"] if key not in present]
    if missing and any(node.unknown for node in maps):
        yield undecided("tags cannot be determined")
    elif missing:
        yield violation(f"tags must include {', '.join(missing)}")


RULES = (
    Rule(
        id="required-tags",
        title="Resources have the required tags",
        severity="low",
        fix="Set the tags once, in the provider's defaultTags.",
        types=TAGGABLE,
        check=_tagged,
        params=(
            Param(
                name="tags",
                kind="strings",
                default=("Project", "Environment"),
                doc="tag keys that are required",
            ),
        ),
        baseline="advisory",
    ),
)
