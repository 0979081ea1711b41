"""Data and outputs of agent-team."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import subnet_ids
from tests.systems.lines import of

__all__ = ["database", "outputs", "redis"]


def database(plan: Plan) -> None:
    instance = of(plan, "rds/instance:Instance").inputs
    assert (instance["engine"], instance["engineVersion"].split(".")[0]) == ("postgres", "16")
    assert (instance["storageEncrypted"], instance["publiclyAccessible"]) == (True, False)
    assert instance["kmsKeyId"] == of(plan, "kms/key:Key", "data").outputs["arn"]
    # Automated backups give point-in-time recovery.
    assert (instance["multiAz"], instance["backupRetentionPeriod"]) == (True, 7)
    assert instance["deletionProtection"] is True
    assert "manageMasterUserPassword" not in instance
    group = of(plan, "rds/subnetGroup:SubnetGroup")
    assert instance["dbSubnetGroupName"] == group.outputs["name"]
    assert set(group.inputs["subnetIds"]) == subnet_ids(plan, "isolated")
    url = of(plan, "secretsmanager/secret:Secret", "main-url")
    assert url.inputs["kmsKeyId"] == instance["kmsKeyId"]


def redis(plan: Plan) -> None:
    group = of(plan, ":ReplicationGroup").inputs
    assert group["engine"] == "redis"
    assert (group["transitEncryptionEnabled"], group["atRestEncryptionEnabled"]) == (True, True)
    assert group["kmsKeyId"] == of(plan, "kms/key:Key", "data").outputs["arn"]
    assert (group["automaticFailoverEnabled"], group["multiAzEnabled"], group["numCacheClusters"]) == (True, True, 2)
    subnets = of(plan, "elasticache/subnetGroup:SubnetGroup")
    assert group["subnetGroupName"] == subnets.outputs["name"]
    assert set(subnets.inputs["subnetIds"]) == subnet_ids(plan, "isolated")
    url = of(plan, "secretsmanager/secretVersion:SecretVersion", "cache-url-value").inputs["secretString"]
    assert "rediss://" in url
    assert of(plan, "secretsmanager/secret:Secret", "cache-url").inputs["kmsKeyId"] == group["kmsKeyId"]


def outputs(plan: Plan) -> None:
    exported = plan.phases["deployed"].outputs
    assert set(exported) == {
        "api_url",
        "alb_dns_name",
        "rds_endpoint",
        "redis_endpoint",
        "ecr_repository_urls",
        "cluster_arn",
    }
    assert exported["api_url"] == of(plan, ":Api").outputs["apiEndpoint"]
    assert exported["alb_dns_name"] == of(plan, "lb/loadBalancer:LoadBalancer").outputs["dnsName"]
    assert exported["rds_endpoint"] == f"{of(plan, 'rds/instance:Instance').outputs['address']}:5432"
    redis = of(plan, ":ReplicationGroup").outputs["primaryEndpointAddress"]
    assert exported["redis_endpoint"] == f"{redis}:6379"
    assert exported["cluster_arn"] == of(plan, "ecs/cluster:Cluster").outputs["arn"]
    assert exported["ecr_repository_urls"] == {
        name: of(plan, ":Repository", f"{name}-repository").outputs["repositoryUrl"]
        for name in ("api-gateway", "workflow-engine")
    }
