"""NAT: internet access of the private subnets."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["NatGateways", "NatGatewaysArgs", "NatInstance", "NatInstanceArgs"]

_AMI = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
# Half a GiB of memory is too little for dnf, which is killed without swap (amazonlinux/amazon-linux-2023#404).
_USER_DATA = """#!/bin/bash
set -uo pipefail
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-nat.conf
sysctl -w net.ipv4.ip_forward=1
dd if=/dev/zero of=/swap bs=1M count=1024
chmod 600 /swap
mkswap /swap
swapon /swap
for attempt in $(seq 30); do
  dnf install -y nftables && break
  sleep 10
done
cat > /etc/sysconfig/nftables.conf <<'RULES'
table ip nat {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    masquerade
  }
}
RULES
systemctl enable --now nftables
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGatewaysArgs:
    """Arguments of `NatGateways`."""

    subnet_ids: Sequence[pulumi.Input[str]]
    """Public subnets, one for each gateway."""
    internet_gateway: pulumi.Resource
    """The internet gateway, which a NAT gateway needs from the start."""


class NatGateways(Component):
    """NAT gateways, about 33 USD a month each and 0.045 USD per GB.

    Creates: an elastic IP and a NAT gateway for each subnet.
    Guarantees: the public addresses stay when a gateway is replaced.
    """

    def __init__(self, name: str, args: NatGatewaysArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        self.ids: list[pulumi.Output[str]] = []
        for i, subnet_id in enumerate(args.subnet_ids):
            address = aws.ec2.Eip(
                self.child_name(f"ip-{i}"), domain="vpc", opts=self.child_opts(depends_on=[args.internet_gateway])
            )
            gateway = aws.ec2.NatGateway(
                self.child_name(str(i)),
                subnet_id=subnet_id,
                allocation_id=address.allocation_id,
                connectivity_type="public",
                opts=self.child_opts(depends_on=[args.internet_gateway]),
            )
            self.ids.append(gateway.id)
        self.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class NatInstanceArgs:
    """Arguments of `NatInstance`."""

    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_id: pulumi.Input[str]
    """A public subnet."""
    client_cidrs: Sequence[str]
    """The CIDR blocks of the private subnets."""
    internet_gateway: pulumi.Resource
    """The internet gateway, which an elastic IP needs."""
    public_dependencies: Sequence[pulumi.Resource] = ()
    """Routes of the public subnet: the instance installs a package when it boots."""


class NatInstance(Component):
    """A NAT instance (t4g.nano): about 3 USD a month plus 4 for its address; one instance, no failover.

    Creates: a network interface with an elastic IP, security group, launch template (newest Amazon Linux 2023 at each
    replacement) and instance.
    Guarantees: routes point to the interface, which stays when the instance is replaced; ingress from the private
    subnets only; IMDSv2 only; encrypted disk.
    """

    def __init__(self, name: str, args: NatInstanceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("networking", name, opts)
        group, rules = self._security_group(args)
        interface, association = self._interface(args, group)
        template = self._launch_template(interface)
        instance = self._instance(template, [association, *rules, *args.public_dependencies])
        self.interface_id = interface.id
        self.instance = instance
        self.done()

    def _interface(
        self, args: NatInstanceArgs, group: aws.ec2.SecurityGroup
    ) -> tuple[aws.ec2.NetworkInterface, aws.ec2.EipAssociation]:
        """The network interface, and the association with its public address."""
        interface = aws.ec2.NetworkInterface(
            self.child_name(),
            subnet_id=args.subnet_id,
            security_groups=[group.id],
            source_dest_check=False,
            description="NAT instance",
            opts=self.child_opts(),
        )
        address = aws.ec2.Eip(
            self.child_name("ip"), domain="vpc", opts=self.child_opts(depends_on=[args.internet_gateway])
        )
        # Not by the address's own `network_interface`: once state knows the instance, the provider cannot move it.
        association = aws.ec2.EipAssociation(
            self.child_name("ip-attachment"),
            allocation_id=address.allocation_id,
            network_interface_id=interface.id,
            opts=self.child_opts(),
        )
        return interface, association

    def _launch_template(self, interface: aws.ec2.NetworkInterface) -> aws.ec2.LaunchTemplate:
        return aws.ec2.LaunchTemplate(
            self.child_name("template"),
            image_id=_AMI,
            instance_type="t4g.nano",
            update_default_version=True,
            user_data=base64.b64encode(_USER_DATA.encode()).decode(),
            metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            block_device_mappings=[
                aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
                    device_name="/dev/xvda",
                    ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
                        encrypted="true", volume_size=8, volume_type="gp3", delete_on_termination="true"
                    ),
                )
            ],
            network_interfaces=[
                aws.ec2.LaunchTemplateNetworkInterfaceArgs(device_index=0, network_interface_id=interface.id)
            ],
            opts=self.child_opts(),
        )

    def _instance(self, template: aws.ec2.LaunchTemplate, dependencies: Sequence[pulumi.Resource]) -> aws.ec2.Instance:
        return aws.ec2.Instance(
            self.child_name("instance"),
            launch_template=aws.ec2.InstanceLaunchTemplateArgs(
                id=template.id, version=template.latest_version.apply(str)
            ),
            # Set here, too: the provider's default is true, and the second `up` would write it to the interface.
            source_dest_check=False,
            # Address, rules and route must be there when the instance boots, since it installs a package; and the
            # interface can be attached to one instance at a time.
            opts=self.child_opts(depends_on=list(dependencies), delete_before_replace=True),
        )

    def _security_group(self, args: NatInstanceArgs) -> tuple[aws.ec2.SecurityGroup, list[pulumi.Resource]]:
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description="NAT instance: from the private subnets to the internet",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        rules: list[pulumi.Resource] = [
            aws.vpc.SecurityGroupIngressRule(
                self.child_name(f"from-private-{i}"),
                security_group_id=group.id,
                cidr_ipv4=cidr,
                ip_protocol="-1",
                description="private subnet to NAT",
                opts=self.child_opts(),
            )
            for i, cidr in enumerate(args.client_cidrs)
        ]
        rules.append(
            aws.vpc.SecurityGroupEgressRule(
                self.child_name("to-internet"),
                security_group_id=group.id,
                cidr_ipv4="0.0.0.0/0",
                ip_protocol="-1",
                description="NAT to the internet",
                opts=self.child_opts(),
            )
        )
        return group, rules
