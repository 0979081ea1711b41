"""The rarer shapes: inherited options, nested secrets and unknowns, assets, odd keys, custom parents."""

from typing import cast

import pulumi
import pulumi_aws as aws


class Edges(pulumi.ComponentResource):
    """A component with inputs of its own, protected and retained, whose children inherit that."""

    def __init__(self, name: str, size: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:edges:Edges", name, {"size": size, "note": pulumi.Output.secret("n")}, opts)
        own = pulumi.ResourceOptions(parent=self)
        vpc = aws.ec2.Vpc(name, cidr_block="10.9.0.0/16", opts=own)
        below = pulumi.ResourceOptions(parent=vpc)
        secret = pulumi.Output.secret("s3cret-tag")
        self.subnet = aws.ec2.Subnet(
            f"{name}-below",
            vpc_id=vpc.id,
            cidr_block="10.9.1.0/24",
            tags={
                "a.b/c": "odd key",
                "known": "x",
                "vpc": vpc.id,
                "secret": secret,
                "both": vpc.id.apply(secret_of),
            },
            opts=below,
        )
        aws.lb.TargetGroup(
            name,
            port=80,
            protocol="HTTP",
            vpc_id=vpc.id,
            health_check=aws.lb.TargetGroupHealthCheckArgs(path="/", interval=30),
            tags={},
            opts=own,
        )
        aws.lambda_.Function(
            name,
            role="arn:aws:iam::123456789012:role/r",
            handler="index.handler",
            runtime="python3.13",
            code=pulumi.AssetArchive({"index.py": pulumi.StringAsset("def handler(e, c): pass")}),
            environment=aws.lambda_.FunctionEnvironmentArgs(variables={"TOKEN": secret, "VPC": vpc.id}),
            opts=own,
        )
        aws.cloudwatch.MetricAlarm(
            name,
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            threshold=0.5,
            alarm_actions=[
                vpc.arn,
                "arn:aws:sns:us-east-1:123456789012:x",
                pulumi.Output.concat(vpc.id, "-suffix"),
            ],
            ok_actions=["arn:aws:sns:us-east-1:123456789012:x", pulumi.Output.secret("s3cret-action")],
            dimensions={},
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["tags", 'dimensions["x.y"]'], protect=False),
        )
        role = aws.iam.Role(name, assume_role_policy="{}", name=f"{name}-role", opts=own)
        aws.iam.RolePolicyAttachment(name, role=cast("str", role), policy_arn=role.arn, opts=own)
        self.register_outputs({"subnet": self.subnet, "again": secret})


def secret_of(value: str) -> pulumi.Output[str]:
    """A secret made inside an apply."""
    return pulumi.Output.secret(value)
