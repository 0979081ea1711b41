"""Names of AWS services as interface endpoints have them, and what people write instead.

AWS has about two hundred such services and adds to them, so a name that is not known here is taken as it is. What is
surely a slip is refused: the name of the product or of its host, or one that differs from a known one by a letter.
"""

from __future__ import annotations

import difflib

__all__ = ["endpoint_slip"]

_NAMES = """
    acm-pca apprunner athena autoscaling backup batch bedrock bedrock-agent bedrock-agent-runtime bedrock-agentcore
    bedrock-runtime cloudformation cloudtrail codeartifact.api codeartifact.repositories codebuild codedeploy
    cognito-idp config dynamodb ebs ec2 ec2messages ecr.api ecr.dkr ecs ecs-agent ecs-telemetry eks eks-auth
    elasticache elasticfilesystem elasticloadbalancing email-smtp events execute-api firehose glue grafana
    guardduty-data imagebuilder inspector2 kinesis-firehose kinesis-streams kms lambda logs monitoring organizations
    pipes polly pricing rds rds-data redshift redshift-data rekognition s3tables s3vectors sagemaker.api
    sagemaker.runtime scheduler secretsmanager servicediscovery sns sqs ssm ssm-contacts ssmmessages states
    storagegateway sts sync-states synthetics textract transcribe translate xray
"""
_KNOWN = frozenset(_NAMES.split())
_MEANT = {
    "api.ecr": "ecr.api",
    "bedrock-runtime-agent": "bedrock-agent-runtime",
    "cloudwatch": "monitoring",
    "cloudwatch-logs": "logs",
    "dkr.ecr": "ecr.dkr",
    "ecr": "ecr.api",
    "efs": "elasticfilesystem",
    "eventbridge": "events",
    "parameter-store": "ssm",
    "sfn": "states",
    "step-functions": "states",
    "stepfunctions": "states",
    "x-ray": "xray",
}
_LIKE = 0.86


def endpoint_slip(name: str) -> str | None:
    """The name that is meant, where `name` is surely a slip."""
    if name in _KNOWN:
        return None
    return _MEANT.get(name) or next(iter(difflib.get_close_matches(name, _KNOWN, n=1, cutoff=_LIKE)), None)
