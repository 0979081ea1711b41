"""Database, files and outputs of dyno-agent."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import granted
from tests.systems.lines import container, document, of

__all__ = ["access_points", "database", "file_system", "outputs"]

POINTS = {"prometheus": (65534, 65534, "/prometheus"), "grafana": (472, 0, "/var/lib/grafana")}


def database(plan: Plan) -> None:
    instance = of(plan, "rds/instance:Instance")
    made = instance.inputs
    assert (made["engine"], made["engineVersion"], made["instanceClass"]) == ("postgres", "15", "db.t3.micro")
    assert (made["allocatedStorage"], made["storageEncrypted"], made["publiclyAccessible"]) == (20, True, False)
    assert made["manageMasterUserPassword"] is True
    assert instance.protect is True


def file_system(plan: Plan) -> None:
    system = of(plan, "efs/fileSystem:FileSystem")
    assert system.inputs["performanceMode"] == "generalPurpose"
    assert (system.inputs["throughputMode"], system.inputs["provisionedThroughputInMibps"]) == ("provisioned", 20)
    assert (system.inputs["encrypted"], system.protect) == (True, True)
    assert system.inputs["kmsKeyId"] == of(plan, "kms/key:Key", "data").outputs["arn"]
    assert of(plan, ":BackupPolicy").inputs["backupPolicy"] == {"status": "ENABLED"}
    subnets = [of(plan, ":MountTarget", f"shared-target-{i}").inputs["subnetId"] for i in (0, 1)]
    zones = {
        r.inputs["availabilityZone"]
        for r in plan.phases["deployed"].of_type("aws:ec2/subnet:Subnet")
        if r.id in subnets
    }
    assert zones == {"us-east-1a", "us-east-1b"}
    denied = document(of(plan, ":FileSystemPolicy"), "policy")["Statement"]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [statement["Condition"] for statement in denied]


def access_points(plan: Plan) -> None:
    system = of(plan, "efs/fileSystem:FileSystem")
    for name, (uid, gid, path) in POINTS.items():
        point = of(plan, ":AccessPoint", f"shared-point-{name}")
        assert point.inputs["posixUser"] == {"uid": uid, "gid": gid}
        assert point.inputs["rootDirectory"]["creationInfo"]["ownerUid"] == uid
        volumes = [v for v in of(plan, ":TaskDefinition", f"{name}-task").inputs["volumes"] if len(v) > 1]
        assert [v["efsVolumeConfiguration"] for v in volumes] == [
            {
                "fileSystemId": system.id,
                "transitEncryption": "ENABLED",
                "authorizationConfig": {"accessPointId": point.id, "iam": "ENABLED"},
            }
        ]
        mounted = {mount["sourceVolume"]: mount["containerPath"] for mount in container(plan, name)["mountPoints"]}
        assert mounted[volumes[0]["name"]] == path
        (statement,) = granted(plan, f"{name}-task-task", "elasticfilesystem:ClientWrite")
        assert statement["Resource"] == [system.outputs["arn"]]
        arn = point.outputs["arn"]
        assert statement["Condition"] == {"StringEquals": {"elasticfilesystem:AccessPointArn": arn}}


def outputs(plan: Plan) -> None:
    made = plan.phases["deployed"].outputs
    instance = of(plan, "rds/instance:Instance").outputs
    assert made["application_url"] == "https://dyno.example.com"
    assert made["grafana_url"] == "https://dyno.example.com/grafana"
    assert made["prometheus_url"] == "https://dyno.example.com/prometheus"
    assert (
        of(plan, "route53/record:Record", "load-balancer-record-dyno-example-com").inputs["name"] == "dyno.example.com"
    )
    repository = of(plan, "ecr/repository:Repository")
    assert made["ecr_repository_url"] == repository.outputs["repositoryUrl"]
    assert made["rds_endpoint"] == f"{instance['address']}:5432"
    assert made["db_password"] == instance["masterUserSecrets"][0]["secretArn"]
    assert made["vpc_id"] == of(plan, ":Vpc").id
    private = [of(plan, "ec2/subnet:Subnet", f"network-private-{i}").id for i in (0, 1)]
    assert made["private_subnet_ids"] == private
