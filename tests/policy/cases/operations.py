"""Fixtures of the rules for tasks, machines, logs, tags and ignored changes."""

from policy.guardrails import UNKNOWN
from policy.guardrails.rules.ignored_changes import WATCHED
from policy.guardrails.rules.tags import TAGGABLE
from tests.policy.support import R, cases, containers

LOGS = R("cloudwatch/logGroup", "logs", retentionInDays=30)
TAGS = {"project": "shop", "environment": "test"}
TEMPLATE = R("ec2/launchTemplate", "template")


def task(*definitions, **inputs):
    return R("ecs/taskDefinition", containerDefinitions=containers(*definitions), **inputs)


def volume(**config):
    return R("ecs/taskDefinition", volumes=[{"name": "data", "efsVolumeConfiguration": config}])


CASES = [
    cases(
        "ecs-no-host-access",
        ok=[task({}), task({"privileged": False})],
        bad=[task({"privileged": True}), task({}, pidMode="host"), task({}, {"privileged": True})],
        unknown=[R("ecs/taskDefinition", containerDefinitions=UNKNOWN), task({}, pidMode=UNKNOWN)],
    ),
    cases(
        "ecs-read-only-root",
        ok=[task({"readonlyRootFilesystem": True})],
        bad=[task({}), task({"readonlyRootFilesystem": True}, {"readonlyRootFilesystem": False})],
        unknown=[R("ecs/taskDefinition", containerDefinitions=UNKNOWN)],
    ),
    cases(
        "ecs-containers-log",
        ok=[task({"logConfiguration": {"logDriver": "awslogs"}})],
        bad=[task({})],
        unknown=[R("ecs/taskDefinition", containerDefinitions=UNKNOWN)],
    ),
    cases(
        "ecs-efs-encrypted-in-transit",
        ok=[volume(transitEncryption="ENABLED"), R("ecs/taskDefinition", volumes=[{"name": "scratch"}])],
        bad=[volume(fileSystemId="fs-1"), volume(transitEncryption="DISABLED")],
        unknown=[R("ecs/taskDefinition", volumes=UNKNOWN)],
    ),
    cases(
        "imdsv2-required",
        ok=[
            R("ec2/instance", metadataOptions={"httpTokens": "required"}),
            R("ec2/launchTemplate", metadataOptions={"httpEndpoint": "disabled"}),
            [
                TEMPLATE,
                R("ec2/instance", launchTemplate={"id": UNKNOWN}, deps={"launchTemplate": [TEMPLATE]}),
            ],
        ],
        bad=[
            R("ec2/instance"),
            R("ec2/launchTemplate", metadataOptions={"httpTokens": "optional"}),
            R("ec2/launchConfiguration"),
        ],
        unknown=[
            R("ec2/instance", metadataOptions=UNKNOWN),
            R("ec2/instance", launchTemplate={"id": "lt-0123"}),
        ],
    ),
    cases(
        "ecr-scanned",
        ok=[R("ecr/repository", imageScanningConfiguration={"scanOnPush": True})],
        bad=[R("ecr/repository")],
        unknown=[R("ecr/repository", imageScanningConfiguration=UNKNOWN)],
    ),
    cases(
        "ecr-immutable-tags",
        ok=[R("ecr/repository", imageTagMutability="IMMUTABLE")],
        bad=[R("ecr/repository")],
        unknown=[R("ecr/repository", imageTagMutability=UNKNOWN)],
    ),
    cases(
        "log-retention",
        ok=[R("cloudwatch/logGroup", retentionInDays=7)],
        bad=[R("cloudwatch/logGroup"), R("cloudwatch/logGroup", retentionInDays=0)],
        unknown=[R("cloudwatch/logGroup", retentionInDays=UNKNOWN)],
    ),
    cases(
        "vpc-flow-logs",
        ok=[[R("ec2/vpc"), R("ec2/flowLog", "flow", vpcId=UNKNOWN, deps={"vpcId": [R("ec2/vpc")]})]],
        bad=[R("ec2/vpc")],
        unknown_never="a flow log of this VPC names it by id or by dependency",
    ),
    cases(
        "eks-control-plane-logs",
        ok=[R("eks/cluster", enabledClusterLogTypes=["api", "audit", "authenticator", "scheduler"])],
        bad=[R("eks/cluster"), R("eks/cluster", enabledClusterLogTypes=["api"])],
        unknown=[R("eks/cluster", enabledClusterLogTypes=UNKNOWN)],
    ),
    cases(
        "rds-logs-exported",
        ok=[R("rds/instance", enabledCloudwatchLogsExports=["postgresql"])],
        bad=[R("rds/instance"), R("rds/cluster", enabledCloudwatchLogsExports=[])],
        unknown=[R("rds/instance", enabledCloudwatchLogsExports=UNKNOWN)],
    ),
    cases(
        "load-balancer-access-logs",
        ok=[R("lb/loadBalancer", accessLogs={"bucket": "logs", "enabled": True})],
        bad=[R("lb/loadBalancer")],
        unknown=[R("lb/loadBalancer", accessLogs=UNKNOWN)],
    ),
    cases(
        "edge-access-logs",
        ok=[
            R("apigatewayv2/stage", accessLogSettings={"destinationArn": "arn:logs", "format": "x"}),
            [
                LOGS,
                R(
                    "apigatewayv2/stage",
                    accessLogSettings={"destinationArn": UNKNOWN},
                    deps={"accessLogSettings": [LOGS]},
                ),
            ],
        ],
        bad=[R("apigatewayv2/stage"), R("cloudfront/distribution")],
        unknown=[R("apigatewayv2/stage", accessLogSettings=UNKNOWN)],
    ),
    cases(
        "ecs-container-insights",
        ok=[R("ecs/cluster", settings=[{"name": "containerInsights", "value": "enhanced"}])],
        bad=[
            R("ecs/cluster"),
            R("ecs/cluster", settings=[{"name": "containerInsights", "value": "disabled"}]),
        ],
        unknown=[R("ecs/cluster", settings=UNKNOWN)],
    ),
    cases(
        "opensearch-logs",
        ok=[R("opensearch/domain", logPublishingOptions=[{"logType": "AUDIT_LOGS"}])],
        bad=[R("opensearch/domain")],
        unknown=[R("opensearch/domain", logPublishingOptions=UNKNOWN)],
    ),
    cases(
        "required-tags",
        ok=[
            R("s3/bucket", tags=TAGS),
            R("s3/bucket", tags={"project": "shop"}, tagsAll=TAGS),
            R("s3/bucket", tags={**TAGS, "project": UNKNOWN}),
        ],
        bad=[R(kind) for kind in TAGGABLE] + [R("s3/bucket", tags={"project": "shop"})],
        unknown=[R("s3/bucket", tags=UNKNOWN)],
    ),
    cases(
        "no-hidden-protection",
        ok=[R("rds/instance", ignore=["engineVersion"]), R("ecs/service", ignore=["taskDefinition"])],
        bad=[R(kind, ignore=[properties[0]]) for kind, properties in WATCHED.items()]
        + [R("ec2/instance", ignore=["metadataOptions.httpTokens"]), R("rds/instance", ignore=["*"])],
        unknown_never="ignoreChanges is a resource option and always known",
    ),
]
