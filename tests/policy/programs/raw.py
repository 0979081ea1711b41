"""A plain program: a public bucket, an open database, a task in a public subnet, and good ones."""

import json

import pulumi
import pulumi_aws as aws

vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16")
internet = aws.ec2.InternetGateway("main", vpc_id=vpc.id)
public = aws.ec2.Subnet("public", vpc_id=vpc.id, cidr_block="10.0.0.0/24")
private = [
    aws.ec2.Subnet(f"private-{zone}", vpc_id=vpc.id, cidr_block=f"10.0.{index}.0/24")
    for index, zone in enumerate("ab", start=1)
]
outward = aws.ec2.RouteTable("public", vpc_id=vpc.id, routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": internet.id}])
aws.ec2.RouteTableAssociation("public", subnet_id=public.id, route_table_id=outward.id)

key = aws.kms.Key("data", enable_key_rotation=True)
aws.rds.Instance(
    "good",
    engine="postgres",
    engine_version="16",
    instance_class="db.t4g.micro",
    storage_encrypted=True,
    kms_key_id=key.arn,
    db_subnet_group_name=aws.rds.SubnetGroup("private", subnet_ids=[subnet.id for subnet in private]).name,
    backup_retention_period=7,
)
aws.rds.Instance(
    "bad",
    engine="postgres",
    engine_version="16",
    instance_class="db.t4g.micro",
    publicly_accessible=True,
    db_subnet_group_name=aws.rds.SubnetGroup("mixed", subnet_ids=[private[0].id, public.id]).name,
    backup_retention_period=7,
)
aws.s3.Bucket("open", acl="public-read")

group = aws.ec2.SecurityGroup("app", vpc_id=vpc.id)
aws.vpc.SecurityGroupIngressRule(
    "app", security_group_id=group.id, cidr_ipv4="0.0.0.0/0", ip_protocol="tcp", from_port=8000, to_port=8000
)
task = aws.ecs.TaskDefinition(
    "app",
    family="app",
    container_definitions=json.dumps(
        [
            {
                "name": "app",
                "image": "app:1",
                "readonlyRootFilesystem": True,
                "logConfiguration": {"logDriver": "awslogs"},
                "environment": [{"name": "DB_PASSWORD", "value": pulumi.Config().get("password") or "hunter22"}],
            }
        ]
    ),
)
aws.ecs.Service(
    "app",
    task_definition=task.arn,
    network_configuration={
        "subnets": [public.id],
        "security_groups": [group.id],
        "assign_public_ip": True,
    },
)
