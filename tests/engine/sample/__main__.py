"""A small program with every shape that a faithful preview must get right."""

import json

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx
import pulumi_random as random
from edges import Edges

config = pulumi.Config()
size = config.require("size")
token = config.get_secret("token") or pulumi.Output.secret("a-token")
provider = aws.Provider(
    "main",
    region="us-east-1",
    default_tags=aws.ProviderDefaultTagsArgs(tags={"project": "sample", "owner": "tests"}),
)


class Network(pulumi.ComponentResource):
    """A VPC with two subnets, nested one level down."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:networking:Network", name, None, opts)
        own = pulumi.ResourceOptions(parent=self)
        self.vpc = aws.ec2.Vpc(name, cidr_block="10.0.0.0/16", tags={"Name": name, "owner": "network"}, opts=own)
        self.subnets = [
            aws.ec2.Subnet(f"{name}-{i}", vpc_id=self.vpc.id, cidr_block=f"10.0.{i}.0/24", opts=own) for i in (0, 1)
        ]
        self.subnet_ids = pulumi.Output.all(*(subnet.id for subnet in self.subnets))
        self.register_outputs({"vpc_id": self.vpc.id})


class Credentials(pulumi.ComponentResource):
    """A generated password in a secret."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:data:Credentials", name, None, opts)
        own = pulumi.ResourceOptions(parent=self)
        self.password = random.RandomPassword(name, length=24, special=False, opts=own).result
        secret = aws.secretsmanager.Secret(name, opts=own)
        url = pulumi.Output.format("postgresql://app:{0}@db", self.password)
        aws.secretsmanager.SecretVersion(
            name,
            secret_id=secret.id,
            secret_string=pulumi.Output.json_dumps({"url": url, "size": size}),
            opts=own,
        )
        self.register_outputs({"secret_arn": secret.arn})


class Database(pulumi.ComponentResource):
    """A protected key, a subnet group and an instance; the credentials are a component within."""

    def __init__(self, name: str, network: Network, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:data:Database", name, None, opts)
        own = pulumi.ResourceOptions(parent=self)
        credentials = Credentials(f"{name}-credentials", opts=own)
        key = aws.kms.Key(
            f"{name}-key",
            enable_key_rotation=True,
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=True, aliases=[pulumi.Alias(name="old-key")]),
        )
        group = aws.rds.SubnetGroup(name, subnet_ids=network.subnet_ids, opts=own)
        self.instance = aws.rds.Instance(
            name,
            engine="postgres",
            instance_class=size,
            allocated_storage=20,
            db_subnet_group_name=group.name,
            kms_key_id=key.arn,
            storage_encrypted=True,
            username=config.get("username") or "app",
            password=credentials.password,
            skip_final_snapshot=True,
            opts=pulumi.ResourceOptions(
                parent=self,
                ignore_changes=["engineVersion"],
                delete_before_replace=True,
                depends_on=[credentials],
            ),
        )
        self.register_outputs({})


network = Network("net", opts=pulumi.ResourceOptions(providers=[provider]))
database = Database("db", network, opts=pulumi.ResourceOptions(providers=[provider], depends_on=[network]))

elsewhere = aws.sns.Topic("elsewhere", name=config.get("topic"), region="eu-west-1", tags={"plain": "tag"})
caller = aws.get_caller_identity_output()
aws.iam.RolePolicy(
    "reads",
    role=aws.iam.Role("reader", assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": []})).name,
    policy=pulumi.Output.json_dumps(
        {"Statement": [{"Resource": [elsewhere.arn, pulumi.Output.format("arn:aws:s3:::{0}", caller.account_id)]}]}
    ),
    opts=pulumi.ResourceOptions(depends_on=[network]),
)
aws.ssm.Parameter(
    "token",
    type="SecureString",
    value=token,
    description=database.instance.endpoint,
    opts=pulumi.ResourceOptions(provider=provider, additional_secret_outputs=["version"]),
)
repository = aws.ecr.Repository("images", force_delete=True, opts=pulumi.ResourceOptions(provider=provider))
image = awsx.ecr.Image(
    "app",
    repository_url=repository.repository_url,
    context=".",
    platform="linux/arm64",
    opts=pulumi.ResourceOptions(provider=provider),
)
aws.ecs.TaskDefinition(
    "task",
    family="app",
    container_definitions=pulumi.Output.json_dumps([{"name": "app", "image": image.image_uri}]),
    opts=pulumi.ResourceOptions(provider=provider),
)

edges = Edges("edges", size, opts=pulumi.ResourceOptions(protect=config.get_bool("protect"), retain_on_delete=True))
aws.sns.Topic("last", name=edges.subnet.arn, opts=pulumi.ResourceOptions(depends_on=[edges], parent=network))

pulumi.export("nested", {"token": token, "list": [edges.subnet.id, 1]})
pulumi.export("endpoint", database.instance.endpoint)
pulumi.export("token", token)
