"""Fixtures of the rules for tasks, machines, logs, tags and ignored changes."""

from policy.guardrails import UNKNOWN
from policy.guardrails.rules.ignored_changes import WATCHED
from policy.guardrails.rules.tags import TAGGABLE
from tests.policy.support import cases, containers, res

LOGS = res("cloudwatch/logGroup", "logs", retentionInDays=30)
TAGS = {"Project": "shop", "Environment": "test"}
TEMPLATE = res("ec2/launchTemplate", "template")
SITE = res("cloudfront/distribution")


def task(*definitions, **inputs):
    return res("ecs/taskDefinition", containerDefinitions=containers(*definitions), **inputs)


def volume(**config):
    return res("ecs/taskDefinition", volumes=[{"name": "data", "efsVolumeConfiguration": config}])


CASES = [
    cases(
        "ecs-no-host-access",
        ok=[task({}), task({"privileged": False})],
        bad=[task({"privileged": True}), task({}, pidMode="host"), task({}, {"privileged": True})],
        unknown=[res("ecs/taskDefinition", containerDefinitions=UNKNOWN), task({}, pidMode=UNKNOWN)],
    ),
    cases(
        "ecs-read-only-root",
        ok=[task({"readonlyRootFilesystem": True})],
        bad=[task({}), task({"readonlyRootFilesystem": True}, {"readonlyRootFilesystem": False})],
        unknown=[res("ecs/taskDefinition", containerDefinitions=UNKNOWN)],
    ),
    cases(
        "ecs-containers-log",
        ok=[task({"logConfiguration": {"logDriver": "awslogs"}})],
        bad=[task({})],
        unknown=[res("ecs/taskDefinition", containerDefinitions=UNKNOWN)],
    ),
    cases(
        "ecs-efs-encrypted-in-transit",
        ok=[volume(transitEncryption="ENABLED"), res("ecs/taskDefinition", volumes=[{"name": "scratch"}])],
        bad=[volume(fileSystemId="fs-1"), volume(transitEncryption="DISABLED")],
        unknown=[res("ecs/taskDefinition", volumes=UNKNOWN)],
    ),
    cases(
        "imdsv2-required",
        ok=[
            res("ec2/instance", metadataOptions={"httpTokens": "required"}),
            res("ec2/launchTemplate", metadataOptions={"httpEndpoint": "disabled"}),
            [
                TEMPLATE,
                res("ec2/instance", launchTemplate={"id": UNKNOWN}, deps={"launchTemplate": [TEMPLATE]}),
            ],
        ],
        bad=[
            res("ec2/instance"),
            res("ec2/launchTemplate", metadataOptions={"httpTokens": "optional"}),
            res("ec2/launchConfiguration"),
        ],
        unknown=[
            res("ec2/instance", metadataOptions=UNKNOWN),
            res("ec2/instance", launchTemplate={"id": "lt-0123"}),
        ],
    ),
    cases(
        "ecr-scanned",
        ok=[res("ecr/repository", imageScanningConfiguration={"scanOnPush": True})],
        bad=[res("ecr/repository")],
        unknown=[res("ecr/repository", imageScanningConfiguration=UNKNOWN)],
    ),
    cases(
        "ecr-immutable-tags",
        ok=[res("ecr/repository", imageTagMutability="IMMUTABLE")],
        bad=[res("ecr/repository")],
        unknown=[res("ecr/repository", imageTagMutability=UNKNOWN)],
    ),
    cases(
        "log-retention",
        ok=[res("cloudwatch/logGroup", retentionInDays=7)],
        bad=[res("cloudwatch/logGroup"), res("cloudwatch/logGroup", retentionInDays=0)],
        unknown=[res("cloudwatch/logGroup", retentionInDays=UNKNOWN)],
    ),
    cases(
        "vpc-flow-logs",
        ok=[[res("ec2/vpc"), res("ec2/flowLog", "flow", vpcId=UNKNOWN, deps={"vpcId": [res("ec2/vpc")]})]],
        bad=[res("ec2/vpc")],
        unknown_never="a flow log of this VPC names it by id or by dependency",
    ),
    cases(
        "eks-control-plane-logs",
        ok=[res("eks/cluster", enabledClusterLogTypes=["api", "audit", "authenticator", "scheduler"])],
        bad=[res("eks/cluster"), res("eks/cluster", enabledClusterLogTypes=["api"])],
        unknown=[res("eks/cluster", enabledClusterLogTypes=UNKNOWN)],
    ),
    cases(
        "rds-logs-exported",
        ok=[res("rds/instance", enabledCloudwatchLogsExports=["postgresql"])],
        bad=[res("rds/instance"), res("rds/cluster", enabledCloudwatchLogsExports=[])],
        unknown=[res("rds/instance", enabledCloudwatchLogsExports=UNKNOWN)],
    ),
    cases(
        "load-balancer-access-logs",
        ok=[
            res("lb/loadBalancer", accessLogs={"bucket": "logs", "enabled": True}),
            res("lb/loadBalancer", internal=True),
        ],
        bad=[res("lb/loadBalancer"), res("lb/loadBalancer", internal=False, accessLogs={"bucket": "logs"})],
        unknown=[res("lb/loadBalancer", accessLogs=UNKNOWN), res("lb/loadBalancer", internal=UNKNOWN)],
    ),
    cases(
        "internal-load-balancer-access-logs",
        ok=[
            res("lb/loadBalancer", internal=True, accessLogs={"bucket": "logs", "enabled": True}),
            res("lb/loadBalancer"),
            res("lb/loadBalancer", internal=False),
        ],
        bad=[res("lb/loadBalancer", internal=True)],
        unknown=[res("lb/loadBalancer", internal=True, accessLogs=UNKNOWN), res("lb/loadBalancer", internal=UNKNOWN)],
    ),
    cases(
        "edge-access-logs",
        ok=[
            res("apigatewayv2/stage", accessLogSettings={"destinationArn": "arn:logs", "format": "x"}),
            [
                LOGS,
                res(
                    "apigatewayv2/stage",
                    accessLogSettings={"destinationArn": UNKNOWN},
                    deps={"accessLogSettings": [LOGS]},
                ),
            ],
            [res("cloudwatch/logDeliverySource", "source", resourceArn=UNKNOWN, deps={"resourceArn": [SITE]}), SITE],
        ],
        bad=[
            res("apigatewayv2/stage"),
            res("cloudfront/distribution"),
            [
                res("cloudwatch/logDeliverySource", "source", resourceArn="arn:aws:cloudfront::1:distribution/other"),
                SITE,
            ],
        ],
        unknown=[res("apigatewayv2/stage", accessLogSettings=UNKNOWN)],
    ),
    cases(
        "ecs-container-insights",
        ok=[res("ecs/cluster", settings=[{"name": "containerInsights", "value": "enhanced"}])],
        bad=[
            res("ecs/cluster"),
            res("ecs/cluster", settings=[{"name": "containerInsights", "value": "disabled"}]),
        ],
        unknown=[res("ecs/cluster", settings=UNKNOWN)],
    ),
    cases(
        "opensearch-logs",
        ok=[res("opensearch/domain", logPublishingOptions=[{"logType": "AUDIT_LOGS"}])],
        bad=[res("opensearch/domain")],
        unknown=[res("opensearch/domain", logPublishingOptions=UNKNOWN)],
    ),
    cases(
        "required-tags",
        ok=[
            res("s3/bucket", tags=TAGS),
            res("s3/bucket", tags={"Project": "shop"}, tagsAll=TAGS),
            res("s3/bucket", tags={**TAGS, "Project": UNKNOWN}),
        ],
        bad=[res(kind) for kind in TAGGABLE] + [res("s3/bucket", tags={"Project": "shop"})],
        unknown=[res("s3/bucket", tags=UNKNOWN)],
    ),
    cases(
        "no-hidden-protection",
        ok=[res("rds/instance", ignore=["engineVersion"]), res("ecs/service", ignore=["taskDefinition"])],
        bad=[res(kind, ignore=[properties[0]]) for kind, properties in WATCHED.items()]
        + [res("ec2/instance", ignore=["metadataOptions.httpTokens"]), res("rds/instance", ignore=["*"])],
        unknown_never="ignoreChanges is a resource option and always known",
    ),
]
