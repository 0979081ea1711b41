"""Fixtures of security-group and network-ACL rules."""

from policy.guardrails import UNKNOWN
from tests.policy.cases.placement import VPC
from tests.policy.support import cases, res

SG = res("ec2/securityGroup", "sg", vpcId=UNKNOWN, deps={"vpcId": [VPC]})


def balancer(internal, name="alb"):
    return res("lb/loadBalancer", name, internal=internal, securityGroups=[UNKNOWN], deps={"securityGroups": [SG]})


TASKS = res(
    "ecs/service",
    "tasks",
    networkConfiguration={"subnets": ["subnet-1"], "securityGroups": [UNKNOWN]},
    deps={"networkConfiguration": [SG]},
)


def ingress(*group_users, **inputs):
    rule = res("vpc/securityGroupIngressRule", deps={"securityGroupId": [SG]}, securityGroupId=UNKNOWN, **inputs)
    return [SG, *group_users, rule]


WEB = {"cidrIpv4": "0.0.0.0/0", "fromPort": 443, "toPort": 443, "ipProtocol": "tcp"}
CASES = [
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
