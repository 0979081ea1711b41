"""Public exposure: public addresses and endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Switch, judge_rows, must_be, set_flag, types_of
from ..cidr import is_internet
from ..model import Context, Outcome, Rule, undecided, violation
from ..nat_instances import ROUTE_TARGETS, is_nat_instance
from ..types import normalise
from ..values import UNKNOWN

DATABASES = (
    Flag("rds/instance", "publiclyAccessible", want=False),
    Flag("rds/clusterInstance", "publiclyAccessible", want=False),
    Flag("rds/cluster", "publiclyAccessible", want=False),
)
SUBNETS = (
    Flag("ec2/subnet", "mapPublicIpOnLaunch", want=False),
    Flag("ec2/subnet", "assignIpv6AddressOnCreation", want=False),
)
TASKS = (
    Flag("ecs/service", "networkConfiguration.assignPublicIp", want=False),
    Flag("ecs/taskSet", "networkConfiguration.assignPublicIp", want=False),
)
FUNCTION_URLS = (Switch("lambda/functionUrl", "authorizationType", ("AWS_IAM",)),)
IDENTITY_POOLS = (Flag("cognito/identityPool", "allowUnauthenticatedIdentities", want=False),)


def _public_address(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "ec2/eip":
        yield from _elastic_address(ctx)
        return
    if kind == "ec2/launchTemplate":
        for item in ctx.at("networkInterfaces").items():
            yield from must_be(item.at("associatePublicIpAddress"), False, False)
        return
    nat_instance = is_nat_instance(ctx.stack, ctx.resource)
    if nat_instance is True:
        return
    for outcome in must_be(ctx.at("associatePublicIpAddress"), False, False):
        yield outcome if nat_instance is False else undecided(f"{outcome.message}, unless it is a NAT instance")


def _elastic_address(ctx: Context) -> Iterator[Outcome]:
    for prop in ("instance", "networkInterface"):
        for ref in ctx.stack.references(ctx.resource, prop, ROUTE_TARGETS):
            if not ref.candidates:
                yield undecided(f"{prop} refers to a resource outside the stack")
                continue
            answers = [is_nat_instance(ctx.stack, target) for target in ref.candidates]
            if False in answers:
                yield violation(f"{prop} gives an instance a public address")
            elif UNKNOWN in answers:
                yield undecided(f"{prop} may refer to a NAT instance")


def _cluster_endpoint(ctx: Context) -> Iterator[Outcome]:
    public = ctx.at("vpcConfig.endpointPublicAccess").flag(True)
    if public is False:
        return
    cidrs = ctx.at("vpcConfig.publicAccessCidrs")
    open_ranges = [is_internet(item.text("")) for item in cidrs.items()]
    message = "vpcConfig.endpointPublicAccess must be false, or publicAccessCidrs must list your own ranges"
    if public is UNKNOWN or (UNKNOWN in open_ranges and True not in open_ranges):
        yield undecided("vpcConfig.endpointPublicAccess or publicAccessCidrs cannot be determined")
    elif not open_ranges or True in open_ranges:
        yield violation(message)


def _node_login(ctx: Context) -> Iterator[Outcome]:
    access = ctx.at("remoteAccess")
    if access.unknown:
        yield undecided("remoteAccess cannot be determined")
    elif not access.at("ec2SshKey").absent:
        groups = access.at("sourceSecurityGroupIds")
        if groups.unknown:
            yield undecided("remoteAccess.sourceSecurityGroupIds cannot be determined")
        elif not groups.items():
            yield violation("remoteAccess opens SSH to the internet: set sourceSecurityGroupIds")


RULES = (
    Rule(
        id="database-not-public",
        title="Databases have no public address",
        severity="critical",
        controls=("FSBP RDS.2", "CIS 2.2.3"),
        fix="Set publiclyAccessible to false.",
        types=types_of(DATABASES),
        check=judge_rows(DATABASES),
        remediate=set_flag("publiclyAccessible", False),
    ),
    Rule(
        id="instance-no-public-address",
        title="Instances have no public address",
        severity="high",
        controls=("FSBP EC2.9", "FSBP EC2.25", "FSBP AutoScaling.5"),
        fix="Set associatePublicIpAddress to false and connect with SSM Session Manager; NAT instances are recognised.",
        types=("ec2/instance", "ec2/launchTemplate", "ec2/eip"),
        check=_public_address,
        graph=True,
    ),
    Rule(
        id="subnet-no-automatic-address",
        title="Subnets do not assign public addresses automatically",
        severity="medium",
        controls=("FSBP EC2.15",),
        fix="Set mapPublicIpOnLaunch to false; load balancers and NAT gateways do not need it.",
        types=types_of(SUBNETS),
        check=judge_rows(SUBNETS),
        baseline="advisory",
        remediate=set_flag("mapPublicIpOnLaunch", False),
    ),
    Rule(
        id="ecs-no-public-address",
        title="ECS tasks have no public address",
        severity="high",
        controls=("FSBP ECS.2",),
        fix="Set networkConfiguration.assignPublicIp to false.",
        types=types_of(TASKS),
        check=judge_rows(TASKS),
    ),
    Rule(
        id="eks-endpoint-private",
        title="The Kubernetes API is not open to the internet",
        severity="high",
        controls=("FSBP EKS.1",),
        fix="Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true.",
        types=("eks/cluster",),
        check=_cluster_endpoint,
    ),
    Rule(
        id="eks-nodes-no-open-ssh",
        title="EKS nodes do not accept SSH from the internet",
        severity="high",
        fix="Remove remoteAccess and use SSM Session Manager, or set sourceSecurityGroupIds.",
        types=("eks/nodeGroup",),
        check=_node_login,
    ),
    Rule(
        id="lambda-url-authenticated",
        title="Lambda function URLs require IAM authentication",
        severity="high",
        fix="Set authorizationType to AWS_IAM.",
        types=types_of(FUNCTION_URLS),
        check=judge_rows(FUNCTION_URLS),
    ),
    Rule(
        id="cognito-no-unauthenticated-identities",
        title="Identity pools give no AWS credentials to unauthenticated users",
        severity="high",
        fix="Set allowUnauthenticatedIdentities to false.",
        types=types_of(IDENTITY_POOLS),
        check=judge_rows(IDENTITY_POOLS),
    ),
)
