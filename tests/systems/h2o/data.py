"""Stores and secrets of h2o-allegiant."""

from __future__ import annotations

import json
from typing import Any

from preview.plan import Plan
from tests.systems.dyno.parts import granted, secrets, subnet_ids
from tests.systems.h2o.expected import Expected
from tests.systems.lines import document, of

__all__ = ["bucket", "database", "own_secrets_only", "redis", "repository", "rotation", "secrets_are_encrypted"]


def key(plan: Plan) -> Any:
    return of(plan, "kms/key:Key", "data").outputs["arn"]


def database(plan: Plan, expected: Expected) -> None:
    instance = of(plan, "rds/instance:Instance")
    made = instance.inputs
    assert (made["engine"], made["engineVersion"]) == ("postgres", "16")
    assert (made["instanceClass"], made["multiAz"]) == expected.database
    assert (made["storageEncrypted"], made["publiclyAccessible"], made["kmsKeyId"]) == (True, False, key(plan))
    assert made["backupRetentionPeriod"] == 7
    assert made["deletionProtection"] is expected.protected
    assert instance.protect is expected.protected
    group = of(plan, "rds/subnetGroup:SubnetGroup")
    assert made["dbSubnetGroupName"] == group.outputs["name"]
    assert set(group.inputs["subnetIds"]) == subnet_ids(plan, "isolated")


def redis(plan: Plan, expected: Expected) -> None:
    group = of(plan, ":ReplicationGroup").inputs
    assert (group["nodeType"], group["numCacheClusters"]) == expected.redis
    assert (group["transitEncryptionEnabled"], group["atRestEncryptionEnabled"]) == (True, True)
    assert group["kmsKeyId"] == key(plan)
    subnets = of(plan, "elasticache/subnetGroup:SubnetGroup")
    assert group["subnetGroupName"] == subnets.outputs["name"]
    assert set(subnets.inputs["subnetIds"]) == subnet_ids(plan, "isolated")


def bucket(plan: Plan, expected: Expected) -> None:
    """The PDFs: versioned, encrypted, private, with a lifecycle."""
    name = documents(plan)
    owned = {
        r.type.rpartition(":")[2]: r.inputs
        for r in plan.phases["deployed"].records
        if r.type.startswith("aws:s3/") and r.inputs.get("bucket") == name
    }
    assert owned["BucketVersioning"]["versioningConfiguration"] == {"status": "Enabled"}
    (rule,) = owned["BucketServerSideEncryptionConfiguration"]["rules"]
    default = rule["applyServerSideEncryptionByDefault"]
    assert (default["sseAlgorithm"], default["kmsMasterKeyId"], rule["bucketKeyEnabled"]) == (
        "aws:kms",
        key(plan),
        True,
    )
    blocked = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert all(owned["BucketPublicAccessBlock"][switch] for switch in blocked)
    rules = owned["BucketLifecycleConfiguration"]["rules"]
    transitions = [t for rule in rules for t in rule.get("transitions", [])]
    assert (transitions[0]["days"], transitions[0]["storageClass"]) == (30, "STANDARD_IA")
    assert any("noncurrentVersionExpiration" in rule for rule in rules)
    assert any(rule.get("abortIncompleteMultipartUpload") == {"daysAfterInitiation": 7} for rule in rules)
    (cors,) = owned["BucketCorsConfiguration"]["corsRules"]
    assert cors["allowedOrigins"] == [f"https://{expected.domain}"]
    statements = json.loads(owned["BucketPolicy"]["policy"])["Statement"]
    assert any(
        s["Effect"] == "Deny" and s["Condition"] == {"Bool": {"aws:SecureTransport": "false"}} for s in statements
    )


def documents(plan: Plan) -> Any:
    return of(plan, "s3/bucket:Bucket", "documents").id


def repository(plan: Plan, expected: Expected) -> None:
    made = of(plan, ":Repository", "backend-repository").inputs
    assert made["name"] == f"h2o-allegiant-{expected.environment}-backend"
    assert made["imageTagMutability"] == "IMMUTABLE"


def secrets_are_encrypted(plan: Plan) -> None:
    """All secrets stand in Secrets Manager, under the stack's own key."""
    found = plan.phases["deployed"].of_type("aws:secretsmanager/secret:Secret")
    assert {r.name for r in found} >= {"openai-api-key", "jwt-secret", "cache-url"}
    assert {r.inputs["kmsKeyId"] for r in found} == {key(plan)}
    instance = of(plan, "rds/instance:Instance").inputs
    assert (instance["manageMasterUserPassword"], instance["masterUserSecretKmsKeyId"]) == (True, key(plan))
    assert not [
        r for r in plan.phases["deployed"].of_type("aws:ssm/parameter:Parameter") if r.inputs["type"] == "SecureString"
    ]


def rotation(plan: Plan) -> None:
    """What AWS can rotate rotates on a schedule, and the service follows."""
    made = of(plan, ":SecretRotation").inputs
    assert made["secretId"] == of(plan, "rds/instance:Instance").outputs["masterUserSecrets"][0]["secretArn"]
    assert made["rotateImmediately"] is False
    assert made["rotationRules"] == {"automaticallyAfterDays": 30}
    redeploy = document(of(plan, "sfn/stateMachine:StateMachine", "main-rotated"), "definition")
    assert str(of(plan, "ecs/service:Service", "backend").id) in json.dumps(redeploy)
    pattern = document(of(plan, "cloudwatch/eventRule:EventRule", "main-rotated-rule"), "eventPattern")
    assert "RotationSucceeded" in json.dumps(pattern)


def own_secrets_only(plan: Plan) -> None:
    """The execution role reads the task's secrets and nothing else; the task role reaches its bucket only."""
    instance = of(plan, "rds/instance:Instance").outputs["masterUserSecrets"][0]["secretArn"]
    own = {of(plan, ":Secret", name).outputs["arn"] for name in ("openai-api-key", "jwt-secret", "cache-url")}
    read = granted(plan, "backend-task-execution", "secretsmanager:GetSecretValue")
    assert {arn for statement in read for arn in statement["Resource"]} == own | {instance}
    assert {ref.split(":secret:")[1].split(":")[0] for ref in secrets(plan, "backend").values()} == {
        arn.split(":secret:")[1] for arn in own | {instance}
    }
    arn = of(plan, "s3/bucket:Bucket", "documents").outputs["arn"]
    for action in ("s3:GetObject", "s3:PutObject"):
        statements = granted(plan, "backend-task-task", action)
        assert {resource for s in statements for resource in s["Resource"]} == {f"{arn}/*"}
