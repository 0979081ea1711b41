"""Fixtures of exposure rules."""

from policy.guardrails import UNKNOWN
from tests.policy.cases.placement import NAT_INSTANCE_ROUTE
from tests.policy.support import cases, res

CASES = [
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
        "eks-nodes-no-open-ssh",
        ok=[
            res("eks/nodeGroup"),
            res("eks/nodeGroup", remoteAccess={"ec2SshKey": "ops", "sourceSecurityGroupIds": ["sg-1"]}),
        ],
        bad=[res("eks/nodeGroup", remoteAccess={"ec2SshKey": "ops"})],
        unknown=[res("eks/nodeGroup", remoteAccess=UNKNOWN)],
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
]
