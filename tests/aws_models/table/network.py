"""VPC, subnets, routes, endpoints, security groups."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_EC2 = partial(Operation, service="ec2")
_PERMITTED = r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}"


def _rule(operation: str) -> Operation:
    return _EC2(
        name=operation,
        root="IpPermissions",
        members={
            "securityGroupId": f"{operation}:GroupId",
            "cidrIpv4": "IpRanges.CidrIp",
            "cidrIpv6": "Ipv6Ranges.CidrIpv6",
            "prefixListId": "PrefixListIds.PrefixListId",
            "referencedSecurityGroupId": "UserIdGroupPairs.GroupId",
            "description": "IpRanges.Description",
        },
        words={
            "description": Limit(
                says="Up to 255 characters in length. Allowed characters are a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=",
                found=f"{operation}:IpPermissions.IpRanges.Description",
                pattern=_PERMITTED,
            ),
            "fromPort": Limit(
                says="If the protocol is TCP or UDP, this is the start of the port range",
                found=f"{operation}:IpPermissions.FromPort",
                low=-1,
                high=65535,
            ),
            "toPort": Limit(
                says="If the protocol is TCP or UDP, this is the end of the port range",
                found=f"{operation}:IpPermissions.ToPort",
                low=-1,
                high=65535,
            ),
        },
    )


OPERATIONS = {
    "aws:ec2/vpc:Vpc": _EC2(name="CreateVpc"),
    "aws:ec2/subnet:Subnet": _EC2(name="CreateSubnet"),
    "aws:ec2/internetGateway:InternetGateway": _EC2(
        name="CreateInternetGateway", members={"vpcId": "AttachInternetGateway:VpcId"}
    ),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": _EC2(name="CreateEgressOnlyInternetGateway"),
    "aws:ec2/natGateway:NatGateway": _EC2(name="CreateNatGateway", members={"privateIp": "PrivateIpAddress"}),
    "aws:ec2/eip:Eip": _EC2(name="AllocateAddress"),
    "aws:ec2/eipAssociation:EipAssociation": _EC2(name="AssociateAddress"),
    "aws:ec2/routeTable:RouteTable": _EC2(name="CreateRouteTable"),
    "aws:ec2/route:Route": _EC2(name="CreateRoute", members={"egressOnlyGatewayId": "EgressOnlyInternetGatewayId"}),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _EC2(name="AssociateRouteTable"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _EC2(name="CreateVpcEndpoint", members={"policy": "PolicyDocument"}),
    "aws:ec2/flowLog:FlowLog": _EC2(
        name="CreateFlowLogs",
        members={"iamRoleArn": "DeliverLogsPermissionArn", "vpcId": "ResourceIds", "subnetId": "ResourceIds"},
        words={
            "maxAggregationInterval": Limit(
                says="The possible values are 60 seconds (1 minute) or 600 seconds (10 minutes)",
                found="CreateFlowLogs:MaxAggregationInterval",
                choices=(60, 600),
            )
        },
    ),
    "aws:ec2/securityGroup:SecurityGroup": _EC2(
        name="CreateSecurityGroup",
        members={"name": "GroupName"},
        words={
            "description": Limit(
                says="Valid characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=",
                found="CreateSecurityGroup:Description",
                pattern=_PERMITTED,
            ),
            "name": Limit(
                says="Up to 255 characters in length. Can't start with sg-",
                found="CreateSecurityGroup:GroupName",
                pattern=rf"(?!sg-){_PERMITTED}",
            ),
        },
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule("AuthorizeSecurityGroupIngress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule("AuthorizeSecurityGroupEgress"),
    "aws:ec2/networkInterface:NetworkInterface": _EC2(
        name="CreateNetworkInterface",
        members={
            "securityGroups": "Groups",
            "privateIps": "PrivateIpAddresses.PrivateIpAddress",
            "sourceDestCheck": "ModifyNetworkInterfaceAttribute:SourceDestCheck.Value",
        },
    ),
    "aws:ec2/launchTemplate:LaunchTemplate": _EC2(
        name="CreateLaunchTemplate",
        root="LaunchTemplateData",
        members={
            "name": "CreateLaunchTemplate:LaunchTemplateName",
            "description": "CreateLaunchTemplate:VersionDescription",
            "vpcSecurityGroupIds": "SecurityGroupIds",
            "networkInterfaces.securityGroups": "Groups",
        },
    ),
    "aws:ec2/instance:Instance": _EC2(
        name="RunInstances",
        members={
            "ami": "ImageId",
            "vpcSecurityGroupIds": "SecurityGroupIds",
            "rootBlockDevice": "BlockDeviceMappings.Ebs",
            "tenancy": "Placement.Tenancy",
            "launchTemplate.id": "LaunchTemplateId",
            "launchTemplate.name": "LaunchTemplateName",
        },
    ),
}
