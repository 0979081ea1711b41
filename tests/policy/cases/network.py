"""Fixtures of placement, exposure and security-group rules."""

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


SG = res("ec2/securityGroup", "sg", vpcId=UNKNOWN, deps={"vpcId": [VPC]})


def balancer(internal, name="alb"):
    return res(
        "lb/loadBalancer", name, internal=internal, securityGroups=[UNKNOWN], deps={"securityGroups": [SG]}
    )


TASKS = res(
    "ecs/service",
    "tasks",
    networkConfiguration={"subnets": ["subnet-1"], "securityGroups": [UNKNOWN]},
    deps={"networkConfiguration": [SG]},
)


def ingress(*wearers, **inputs):
    rule = res(
        "vpc/securityGroupIngressRule", deps={"securityGroupId": [SG]}, securityGroupId=UNKNOWN, **inputs
    )
    return [SG, *wearers, rule]


WEB = {"cidrIpv4": "0.0.0.0/0", "fromPort": 443, "toPort": 443, "ipProtocol": "tcp"}
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
    cases(
        "database-not-public",
        ok=[res("rds/instance", publiclyAccessible=False), res("rds/instance"), res("rds/clusterInstance")],
        bad=[
            res("rds/instance", publiclyAccessible=True),
            res("rds/instance", publiclyAccessible="true"),
            res("rds/clusterInstance", publiclyAccessible=True),
            res("rds/cluster", publiclyAccessible=True),
        ],
        unknown=[res("rds/instance", publiclyAccessible=UNKNOWN)],
    ),
    cases(
        "instance-no-public-address",
        ok=[
            res("ec2/instance", associatePublicIpAddress=False),
            res("ec2/launchTemplate", networkInterfaces=[{"associatePublicIpAddress": "false"}]),
            res("ec2/eip", domain="vpc"),
            [res("ec2/instance", associatePublicIpAddress=True, sourceDestCheck=False), NAT_INSTANCE_ROUTE],
        ],
        bad=[
            res("ec2/instance", associatePublicIpAddress=True),
            res("ec2/launchTemplate", networkInterfaces=[{"associatePublicIpAddress": "true"}]),
            [
                res("ec2/instance", "box"),
                res("ec2/eip", instance=UNKNOWN, deps={"instance": [res("ec2/instance", "box")]}),
            ],
        ],
        unknown=[
            res("ec2/instance", associatePublicIpAddress=UNKNOWN),
            res("ec2/eip", instance="i-0123"),
        ],
    ),
    cases(
        "subnet-no-automatic-address",
        ok=[res("ec2/subnet", mapPublicIpOnLaunch=False), res("ec2/subnet")],
        bad=[
            res("ec2/subnet", mapPublicIpOnLaunch=True),
            res("ec2/subnet", assignIpv6AddressOnCreation=True),
        ],
        unknown=[res("ec2/subnet", mapPublicIpOnLaunch=UNKNOWN)],
    ),
    cases(
        "ecs-no-public-address",
        ok=[res("ecs/service", networkConfiguration={"assignPublicIp": False}), res("ecs/service")],
        bad=[
            res("ecs/service", networkConfiguration={"assignPublicIp": True}),
            res("ecs/taskSet", networkConfiguration={"assignPublicIp": True}),
        ],
        unknown=[res("ecs/service", networkConfiguration=UNKNOWN)],
    ),
    cases(
        "eks-endpoint-private",
        ok=[
            res("eks/cluster", vpcConfig={"endpointPublicAccess": False}),
            res(
                "eks/cluster",
                vpcConfig={"endpointPublicAccess": True, "publicAccessCidrs": ["198.51.100.0/24"]},
            ),
        ],
        bad=[
            res("eks/cluster", vpcConfig={}),
            res("eks/cluster", vpcConfig={"endpointPublicAccess": True, "publicAccessCidrs": ["0.0.0.0/0"]}),
        ],
        unknown=[
            res("eks/cluster", vpcConfig={"endpointPublicAccess": UNKNOWN}),
            res("eks/cluster", vpcConfig={"endpointPublicAccess": True, "publicAccessCidrs": UNKNOWN}),
        ],
    ),
    cases(
        "lambda-url-authenticated",
        ok=[res("lambda/functionUrl", authorizationType="AWS_IAM")],
        bad=[res("lambda/functionUrl", authorizationType="NONE")],
        unknown=[res("lambda/functionUrl", authorizationType=UNKNOWN)],
    ),
    cases(
        "cognito-no-unauthenticated-identities",
        ok=[res("cognito/identityPool", allowUnauthenticatedIdentities=False)],
        bad=[res("cognito/identityPool", allowUnauthenticatedIdentities=True)],
        unknown=[res("cognito/identityPool", allowUnauthenticatedIdentities=UNKNOWN)],
    ),
    cases(
        "no-world-open-ingress",
        ok=[
            ingress(balancer(False), **WEB),
            ingress(balancer(False), **{**WEB, "cidrIpv4": None, "cidrIpv6": "::/0"}),
            ingress(cidrIpv4="10.0.0.0/16", fromPort=5432, toPort=5432, ipProtocol="tcp"),
            ingress(referencedSecurityGroupId=UNKNOWN, fromPort=22, toPort=22, ipProtocol="tcp"),
            res("ec2/securityGroup", ingress=[]),
            res("ec2/securityGroupRule", type="egress", cidrBlocks=["0.0.0.0/0"], protocol="-1"),
            [
                VPC,
                res(
                    "vpc/securityGroupIngressRule",
                    cidrIpv4=UNKNOWN,
                    ipProtocol="-1",
                    securityGroupId="sg-1",
                    deps={"cidrIpv4": [VPC]},
                ),
            ],
        ],
        bad=[
            ingress(**WEB),
            ingress(balancer(True), **WEB),
            ingress(balancer(False), TASKS, **WEB),
            ingress(balancer(False), **{**WEB, "fromPort": 22, "toPort": 22}),
            ingress(balancer(False), **{**WEB, "fromPort": 80, "toPort": 443}),
            ingress(balancer(False), cidrIpv4="0.0.0.0/0", ipProtocol="-1"),
            ingress(cidrIpv6="0:0:0:0:0:0:0:0/0", ipProtocol="icmpv6", fromPort=-1, toPort=-1),
            ingress(**{**WEB, "cidrIpv4": "128.0.0.0/1"}),
            res(
                "ec2/securityGroup",
                ingress=[{"cidrBlocks": ["0.0.0.0/0"], "fromPort": 22, "toPort": 22, "protocol": "tcp"}],
            ),
            res(
                "ec2/securityGroup",
                ingress=[{"ipv6CidrBlocks": ["::/0"], "fromPort": 0, "toPort": 0, "protocol": -1}],
            ),
            res(
                "ec2/securityGroupRule",
                type="ingress",
                cidrBlocks=["10.0.0.0/8", "0.0.0.0/0"],
                protocol="all",
            ),
        ],
        unknown=[
            ingress(**{**WEB, "cidrIpv4": UNKNOWN}),
            ingress(balancer(UNKNOWN), **WEB),
            ingress(balancer(False), **{**WEB, "fromPort": UNKNOWN}),
            res("ec2/securityGroup", ingress=UNKNOWN),
        ],
    ),
    cases(
        "no-world-open-egress",
        ok=[
            res(
                "vpc/securityGroupEgressRule",
                cidrIpv4="0.0.0.0/0",
                fromPort=443,
                toPort=443,
                ipProtocol="tcp",
            ),
            res("vpc/securityGroupEgressRule", cidrIpv4="10.0.0.0/16", ipProtocol="-1"),
            res("ec2/securityGroup"),
        ],
        bad=[
            res("vpc/securityGroupEgressRule", cidrIpv4="0.0.0.0/0", ipProtocol="-1"),
            res(
                "ec2/securityGroup",
                egress=[{"cidrBlocks": ["0.0.0.0/0"], "protocol": "-1", "fromPort": 0, "toPort": 0}],
            ),
            res("ec2/securityGroupRule", type="egress", cidrBlocks=["0.0.0.0/0"], protocol="-1"),
        ],
        unknown=[res("vpc/securityGroupEgressRule", cidrIpv4=UNKNOWN, ipProtocol="-1")],
    ),
    cases(
        "default-security-group-closed",
        ok=[
            res("ec2/defaultSecurityGroup", vpcId="vpc-1"),
            [
                res("ec2/vpc"),
                res("ec2/defaultSecurityGroup", "closed", vpcId=UNKNOWN, deps={"vpcId": [res("ec2/vpc")]}),
            ],
        ],
        bad=[res("ec2/vpc"), res("ec2/defaultSecurityGroup", ingress=[{"protocol": "-1", "self": True}])],
        unknown=[res("ec2/defaultSecurityGroup", egress=UNKNOWN)],
    ),
    cases(
        "network-acl-no-world-admin",
        ok=[
            res(
                "ec2/networkAclRule",
                ruleAction="allow",
                cidrBlock="10.0.0.0/8",
                protocol="tcp",
                fromPort=22,
                toPort=22,
            ),
            res("ec2/networkAclRule", ruleAction="deny", cidrBlock="0.0.0.0/0", protocol="-1"),
            res(
                "ec2/networkAcl",
                ingress=[
                    {
                        "action": "allow",
                        "cidrBlock": "0.0.0.0/0",
                        "protocol": "tcp",
                        "fromPort": 443,
                        "toPort": 443,
                    }
                ],
            ),
        ],
        bad=[
            res("ec2/networkAclRule", ruleAction="allow", cidrBlock="0.0.0.0/0", protocol="-1"),
            res(
                "ec2/networkAcl",
                ingress=[
                    {
                        "action": "allow",
                        "cidrBlock": "0.0.0.0/0",
                        "protocol": "6",
                        "fromPort": 0,
                        "toPort": 65535,
                    }
                ],
            ),
        ],
        unknown=[
            res("ec2/networkAcl", ingress=UNKNOWN),
            res("ec2/networkAclRule", ruleAction=UNKNOWN, cidrBlock="0.0.0.0/0", protocol="-1"),
        ],
    ),
]
