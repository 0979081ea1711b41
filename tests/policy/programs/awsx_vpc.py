"""A plain program on awsx.ec2.Vpc: its subnet lists are unions that only ids can tell apart."""

import pulumi_aws as aws
import pulumi_awsx as awsx

vpc = awsx.ec2.Vpc("net", number_of_availability_zones=2)

aws.s3.Bucket("open", acl="public-read")
aws.rds.Instance(
    "bad",
    engine="postgres",
    engine_version="16",
    instance_class="db.t4g.micro",
    db_subnet_group_name=aws.rds.SubnetGroup("private", subnet_ids=vpc.private_subnet_ids).name,
)
aws.ecs.Service(
    "app",
    network_configuration={"subnets": vpc.public_subnet_ids, "assign_public_ip": True},
)
