"""Fixtures of placement rules."""

from policy.guardrails import UNKNOWN
from tests.policy.support import cases, res

VPC = res("ec2/vpc", "vpc", cidrBlock="10.0.0.0/16")
IGW = res("ec2/internetGateway", "igw", vpcId=UNKNOWN, deps={"vpcId": [VPC]})
NAT = res("ec2/natGateway", "nat", subnetId="subnet-x")
OPEN = res("ec2/routeTable", "open", vpcId=UNKNOWN, deps={"vpcId": [VPC]})
CLOSED = res("ec2/routeTable", "closed", vpcId=UNKNOWN, deps={"vpcId": [VPC]})
OUT = res(
    "ec2/route",
    "out",
    routeTableId=UNKNOWN,
    destinationCidrBlock="0.0.0.0/0",
    gatewayId=UNKNOWN,
    deps={"routeTableId": [OPEN], "gatewayId": [IGW]},
)
VIA_NAT = res(
    "ec2/route",
    "via-nat",
    routeTableId=UNKNOWN,
    destinationCidrBlock="0.0.0.0/0",
    natGatewayId=UNKNOWN,
    deps={"routeTableId": [CLOSED], "natGatewayId": [NAT]},
)
PUBLIC = res("ec2/subnet", "public", vpcId=UNKNOWN, deps={"vpcId": [VPC]})
PRIVATE = res("ec2/subnet", "private", vpcId=UNKNOWN, deps={"vpcId": [VPC]})


def associate(subnet, table):
    return res(
        "ec2/routeTableAssociation",
        f"{subnet.name}-association",
        subnetId=UNKNOWN,
        routeTableId=UNKNOWN,
        deps={"subnetId": [subnet], "routeTableId": [table]},
    )


NETWORK = (
    VPC,
    IGW,
    OPEN,
    CLOSED,
    OUT,
    VIA_NAT,
    PUBLIC,
    PRIVATE,
    associate(PUBLIC, OPEN),
    associate(PRIVATE, CLOSED),
)


def group(kind, *subnets):
    return res(kind, "group", subnetIds=[UNKNOWN] * len(subnets), deps={"subnetIds": list(subnets)})


DB_PRIVATE = group("rds/subnetGroup", PRIVATE)
DB_PUBLIC = group("rds/subnetGroup", PUBLIC)
CACHE_PRIVATE = group("elasticache/subnetGroup", PRIVATE)
CACHE_PUBLIC = group("elasticache/subnetGroup", PUBLIC)


def through(kind, prop, subnet_group):
    return [*NETWORK, subnet_group, res(kind, deps={prop: [subnet_group]}, **{prop: UNKNOWN})]


def listed(kind, prop, *subnets, **more):
    return [*NETWORK, res(kind, deps={prop: list(subnets)}, **{prop: [UNKNOWN] * len(subnets)}, **more)]


def nested(kind, prop, key, subnet, **more):
    return [*NETWORK, res(kind, deps={prop: [subnet]}, **{prop: {key: [UNKNOWN], **more}})]


def single(kind, subnet, **more):
    return [*NETWORK, res(kind, deps={"subnetId": [subnet]}, subnetId=UNKNOWN, **more)]


NAT_INSTANCE_ROUTE = res(
    "ec2/route",
    "via-instance",
    routeTableId="rtb-1",
    destinationCidrBlock="0.0.0.0/0",
    networkInterfaceId=UNKNOWN,
    deps={"networkInterfaceId": [res("ec2/instance")]},
)

CASES = [
    cases(
        "data-in-private-subnets",
        ok=[
            through("rds/instance", "dbSubnetGroupName", DB_PRIVATE),
            through("rds/cluster", "dbSubnetGroupName", DB_PRIVATE),
            through("elasticache/replicationGroup", "subnetGroupName", CACHE_PRIVATE),
            listed("rds/proxy", "vpcSubnetIds", PRIVATE),
            listed("elasticache/serverlessCache", "subnetIds", PRIVATE),
            nested("opensearch/domain", "vpcOptions", "subnetIds", PRIVATE),
            single("efs/mountTarget", PRIVATE),
            res("rds/clusterInstance", clusterIdentifier="main"),
            res("rds/instance", replicateSourceDb="main"),
            res("elasticache/cluster", replicationGroupId="main"),
        ],
        bad=[
            through("rds/instance", "dbSubnetGroupName", DB_PUBLIC),
            through("rds/instance", "dbSubnetGroupName", group("rds/subnetGroup", PRIVATE, PUBLIC)),
            res("rds/instance", engine="postgres"),
            through("rds/cluster", "dbSubnetGroupName", DB_PUBLIC),
            through("rds/clusterInstance", "dbSubnetGroupName", DB_PUBLIC),
            through("elasticache/replicationGroup", "subnetGroupName", CACHE_PUBLIC),
            through("elasticache/cluster", "subnetGroupName", CACHE_PUBLIC),
            listed("rds/proxy", "vpcSubnetIds", PUBLIC),
            listed("elasticache/serverlessCache", "subnetIds", PUBLIC),
            nested("opensearch/domain", "vpcOptions", "subnetIds", PUBLIC),
            res("opensearch/domain", engineVersion="OpenSearch_2.19"),
            single("efs/mountTarget", PUBLIC),
        ],
        unknown=[
            res("rds/instance", dbSubnetGroupName="elsewhere"),
            res("rds/proxy", vpcSubnetIds=["subnet-0123"]),
            res("rds/proxy", vpcSubnetIds=UNKNOWN),
            [*NETWORK, res("rds/proxy", vpcSubnetIds=UNKNOWN, deps={"vpcSubnetIds": [PUBLIC, PRIVATE]})],
        ],
    ),
    cases(
        "compute-in-private-subnets",
        ok=[
            nested("ecs/service", "networkConfiguration", "subnets", PRIVATE, assignPublicIp=False),
            nested("ecs/taskSet", "networkConfiguration", "subnets", PRIVATE),
            nested("eks/cluster", "vpcConfig", "subnetIds", PRIVATE),
            nested("lambda/function", "vpcConfig", "subnetIds", PRIVATE),
            res("lambda/function", runtime="python3.13"),
            listed("eks/nodeGroup", "subnetIds", PRIVATE),
            listed("eks/fargateProfile", "subnetIds", PRIVATE),
            listed("autoscaling/group", "vpcZoneIdentifiers", PRIVATE),
            listed("apigatewayv2/vpcLink", "subnetIds", PRIVATE),
            single("ec2/instance", PRIVATE),
            single("ec2/networkInterface", PRIVATE),
            [*single("ec2/instance", PUBLIC, sourceDestCheck=False), NAT_INSTANCE_ROUTE],
        ],
        bad=[
            nested("ecs/service", "networkConfiguration", "subnets", PUBLIC, assignPublicIp=False),
            nested("ecs/taskSet", "networkConfiguration", "subnets", PUBLIC),
            nested("eks/cluster", "vpcConfig", "subnetIds", PUBLIC),
            nested("lambda/function", "vpcConfig", "subnetIds", PUBLIC),
            listed("eks/nodeGroup", "subnetIds", PUBLIC),
            listed("eks/fargateProfile", "subnetIds", PUBLIC),
            listed("autoscaling/group", "vpcZoneIdentifiers", PUBLIC),
            listed("apigatewayv2/vpcLink", "subnetIds", PUBLIC),
            single("ec2/instance", PUBLIC),
            single("ec2/instance", PUBLIC, sourceDestCheck=False),
            res("ec2/instance", ami="ami-1"),
            single("ec2/networkInterface", PUBLIC),
            [
                *NETWORK,
                res(
                    "ec2/launchTemplate",
                    networkInterfaces=[{"subnetId": UNKNOWN}],
                    deps={"networkInterfaces": [PUBLIC]},
                ),
            ],
        ],
        unknown=[
            res("ecs/service", networkConfiguration={"subnets": UNKNOWN}),
            res("ecs/service", networkConfiguration=UNKNOWN),
            res("ec2/instance", subnetId="subnet-0123"),
        ],
    ),
    cases(
        "load-balancer-placement",
        ok=[
            listed("lb/loadBalancer", "subnets", PRIVATE, internal=True),
            listed("lb/loadBalancer", "subnets", PUBLIC, internal=False),
            listed("elb/loadBalancer", "subnets", PUBLIC),
        ],
        bad=[
            listed("lb/loadBalancer", "subnets", PUBLIC, internal=True),
            listed("lb/loadBalancer", "subnets", PRIVATE),
            listed("elb/loadBalancer", "subnets", PUBLIC, internal=True),
            [
                *NETWORK,
                res(
                    "lb/loadBalancer",
                    internal=True,
                    subnetMappings=[{"subnetId": UNKNOWN}],
                    deps={"subnetMappings": [PUBLIC]},
                ),
            ],
        ],
        unknown=[
            res("lb/loadBalancer", internal=UNKNOWN),
            res("lb/loadBalancer", internal=True, subnets=["subnet-0123"]),
        ],
    ),
    cases(
        "nat-gateway-placement",
        ok=[single("ec2/natGateway", PUBLIC), single("ec2/natGateway", PRIVATE, connectivityType="private")],
        bad=[single("ec2/natGateway", PRIVATE)],
        unknown=[res("ec2/natGateway", subnetId="subnet-0123")],
    ),
]
