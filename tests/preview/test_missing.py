"""Arguments that a program does not give, or that vanish because nothing answers an output, are faults."""

from __future__ import annotations

import time
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview.required import missing
from preview.run import ProgramError
from preview.schema import declared, resource_class
from tests.recording import one, record
from tests.stacks import FILES, planned

_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def cluster() -> aws.eks.Cluster:
    return aws.eks.Cluster(
        "cluster",
        role_arn="arn:aws:iam::123456789012:role/r",
        vpc_config=aws.eks.ClusterVpcConfigArgs(subnet_ids=["subnet-0123456789abcdef0"]),
        kubernetes_network_config=aws.eks.ClusterKubernetesNetworkConfigArgs(ip_family="ipv4"),
    )


def test_what_a_provider_computes_within_an_input_is_answered() -> None:
    def program() -> None:
        group: Any = cluster().vpc_config.cluster_security_group_id
        aws.vpc.SecurityGroupIngressRule("rule", security_group_id=group, ip_protocol="-1", cidr_ipv4="10.0.0.0/8")

    plan = record(program)
    assert one(plan.phases["preview"], _RULE).unknown == ("securityGroupId",)
    assert one(plan.phases["deployed"], _RULE).inputs["securityGroupId"].startswith("sg-")


def test_a_computed_field_at_the_top_that_nothing_answers_is_a_fault() -> None:
    def program() -> None:
        network: Any = cluster().kubernetes_network_config.service_ipv6_cidr
        aws.ec2.Route("route", route_table_id=network, destination_cidr_block="10.0.0.0/8")

    with pytest.raises(ProgramError) as fault:
        record(program)
    assert "route (aws:ec2/route:Route): routeTableId is required, and missing" in str(fault.value)
    assert "service_ipv6_cidr of pulumi_aws.eks.ClusterKubernetesNetworkConfig is read, and nothing" in str(fault.value)


def test_a_computed_field_inside_a_block_that_nothing_answers_is_a_fault() -> None:
    def program() -> None:
        protocol: Any = cluster().kubernetes_network_config.service_ipv6_cidr
        aws.ec2.SecurityGroup(
            "group", ingress=[aws.ec2.SecurityGroupIngressArgs(protocol=protocol, from_port=1, to_port=1)]
        )

    with pytest.raises(ProgramError) as fault:
        record(program)
    assert "group (aws:ec2/securityGroup:SecurityGroup): ingress[0].protocol is None" in str(fault.value)
    assert "service_ipv6_cidr of pulumi_aws.eks.ClusterKubernetesNetworkConfig is read" in str(fault.value)


def test_an_optional_input_does_not_vanish_silently_either() -> None:
    def program() -> None:
        aws.sns.Topic("topic", display_name=cluster().kubernetes_network_config.service_ipv6_cidr)

    with pytest.raises(ProgramError, match=r"service_ipv6_cidr of pulumi_aws\.eks\.ClusterKubernetesNetworkConfig"):
        record(program)


@pytest.mark.parametrize(
    ("token", "inputs", "paths"),
    [
        (_RULE, {"ipProtocol": "-1"}, ["securityGroupId"]),
        ("aws:ec2/securityGroup:SecurityGroup", {"ingress": [{"fromPort": 1, "toPort": 1}]}, ["ingress[0].protocol"]),
        ("aws:eks/cluster:Cluster", {"roleArn": "r", "vpcConfig": {}}, ["vpcConfig.subnetIds"]),
        (
            "aws:cloudfront/vpcOrigin:VpcOrigin",
            {"vpcOriginEndpointConfig": {"originSslProtocols": {"items": ["TLSv1.2"]}}},
            [
                *(f"vpcOriginEndpointConfig.{name}" for name in ("arn", "httpPort", "httpsPort", "name")),
                "vpcOriginEndpointConfig.originProtocolPolicy",
                "vpcOriginEndpointConfig.originSslProtocols.quantity",
            ],
        ),
        ("agent-platform:edge:Route", {}, []),
        ("pulumi:providers:aws", {}, []),
    ],
)
def test_paths(token: str, inputs: dict[str, Any], paths: list[str]) -> None:
    assert list(missing(token, inputs)) == paths


def test_a_class_is_not_found_by_a_name_that_a_block_has_taken() -> None:
    args = {"name": "n", "secretKey": "s"}
    assert list(missing("aws:ecs/service:Service", args)) == []
    assert list(missing("aws:wafv2/webAcl:WebAcl", {"scope": "REGIONAL", "defaultAction": {}})) == ["visibilityConfig"]


def test_every_type_has_a_class_to_be_checked_by() -> None:
    records = [r for path in FILES for r in planned(path.as_posix()).phases["deployed"].records if r.custom]
    types = {r.type for r in records if not r.type.startswith("pulumi:providers:")}
    assert sorted(type_ for type_ in types if resource_class(type_) is None or not declared(type_)) == []
    assert all(next(missing(type_, {}), None) or not _has_required(type_) for type_ in types)


def _has_required(token: str) -> bool:
    """Whether the class refuses to be made without arguments."""
    cls: Any = resource_class(token)
    try:
        cls._internal_init(None, "name", pulumi.ResourceOptions())
    except TypeError as error:
        return "required property" in str(error)
    except Exception:
        return False
    return False


def test_the_check_takes_little_of_a_preview() -> None:
    records = [r for phase in planned("systems/knwl.yaml").phases.values() for r in phase.records]
    began = time.process_time()
    for each in records:
        assert not list(missing(each.type, each.inputs))
    # A preview of this file takes some 3 s.
    assert time.process_time() - began < 0.5
