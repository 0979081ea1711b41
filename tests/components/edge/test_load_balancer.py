"""The load balancer: listeners, ingress rules, names, and what must be absent."""

from __future__ import annotations

from typing import Any, Literal

import pulumi
import pytest

from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.values import PrefixList
from preview.plan import Phase, Plan
from settings import edge
from tests.accounts import account
from tests.recording import children, one, record

ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
LISTENER = "aws:lb/listener:Listener"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
RECORD = "aws:route53/record:Record"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
Scheme = Literal["internet-facing", "internal"]


def args(settings: dict[str, Any], scheme: Scheme = "internet-facing", **others: Any) -> LoadBalancerArgs:
    values: dict[str, Any] = {
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "account": account(),
        "access_logs": False,
        "allow_cidrs": () if scheme == "internal" or "only_from" in others else ("0.0.0.0/0",),
        **others,
    }
    return LoadBalancerArgs(settings=edge.LoadBalancer(**settings), scheme=scheme, **values)


def balancer(settings: dict[str, Any], scheme: Scheme = "internet-facing", **others: Any) -> Plan:
    def program() -> None:
        entry = LoadBalancer("entry", args(settings, scheme, **others))
        pulumi.export("url", entry.url)
        pulumi.export("listener", entry.listener_arn)
        pulumi.export("port", entry.peer.port)
        pulumi.export("group", entry.peer.security_group_id)
        pulumi.export("dimensions", entry.monitoring.metrics.errors.dimensions)

    return record(program)


def listeners(phase: Phase) -> dict[int, dict[str, Any]]:
    return {r.inputs["port"]: r.inputs for r in phase.of_type(LISTENER)}


def open_ports(phase: Phase) -> set[tuple[str, int]]:
    return {(r.inputs["cidrIpv4"], r.inputs["fromPort"]) for r in phase.of_type(INGRESS)}


@pytest.fixture(scope="module")
def secure() -> Plan:
    return balancer({"certificate": {"domain": "api.example.com", "zone": "Z123456789"}}, access_logs=True)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return balancer({})


@pytest.fixture(scope="module")
def internal() -> Plan:
    return balancer({}, "internal")


def test_children_with_everything(secure: Plan) -> None:
    phase = secure.phases["preview"]
    assert [r.name for r in phase.records if r.parent.endswith("edge:LoadBalancer::entry")] == [
        "entry-logs",
        "entry-certificate",
        "entry-group",
        "entry-http",
        "entry-https",
        "entry",
        "entry-record-api-example-com",
        "entry-ingress-443-0-0-0-0-0",
        "entry-ingress-80-0-0-0-0-0",
    ]
    assert children(phase) == children(secure.phases["deployed"])


def test_children_of_an_internal_load_balancer_without_certificate(internal: Plan) -> None:
    assert children(internal.phases["preview"]) == [
        ("aws:ec2/securityGroup:SecurityGroup", "entry-group"),
        (LISTENER, "entry-http"),
        (BALANCER, "entry"),
    ]


def test_https_and_redirect(secure: Plan) -> None:
    deployed = secure.phases["deployed"]
    by_port = listeners(deployed)
    assert set(by_port) == {80, 443}
    assert by_port[443]["protocol"] == "HTTPS"
    assert by_port[443]["sslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
    assert by_port[443]["defaultActions"][0]["fixedResponse"]["statusCode"] == "404"
    assert by_port[80]["defaultActions"] == [
        {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
    ]
    assert deployed.outputs["url"] == "https://api.example.com"
    assert deployed.outputs["port"] == 443
    assert deployed.outputs["listener"] == one(deployed, LISTENER, "entry-https").outputs["arn"]


def test_listener_depends_on_the_issued_certificate(secure: Plan) -> None:
    phase = secure.phases["preview"]
    listener = one(phase, LISTENER, "entry-https")
    validation = one(phase, "aws:acm/certificateValidation:CertificateValidation")
    assert validation.urn in listener.property_dependencies["certificateArn"]


def test_dns_record_points_to_the_load_balancer(secure: Plan) -> None:
    deployed = secure.phases["deployed"]
    inputs = one(deployed, RECORD, "entry-record-api-example-com").inputs
    outputs = one(deployed, BALANCER).outputs
    assert (inputs["name"], inputs["type"], inputs["zoneId"]) == ("api.example.com", "A", "Z123456789")
    assert inputs["aliases"] == [
        {"name": outputs["dnsName"], "zoneId": outputs["zoneId"], "evaluateTargetHealth": True}
    ]


def test_without_redirect_nothing_listens_on_80() -> None:
    plan = balancer({"certificate": {"arn": ARN, "domain": "a.example.com"}, "redirect_http": False})
    phase = plan.phases["deployed"]
    assert set(listeners(phase)) == {443}
    assert open_ports(phase) == {("0.0.0.0/0", 443)}
    assert listeners(phase)[443]["certificateArn"] == ARN
    assert phase.outputs["url"] == "https://a.example.com"
    assert phase.of_type(RECORD) == []  # no zone, no record
    assert phase.of_type("aws:acm/certificate:Certificate") == []


def test_existing_certificate_with_zone_gets_its_record() -> None:
    plan = balancer({"certificate": {"arn": ARN, "domain": "a.example.com", "zone": "Z123456789"}})
    assert one(plan.phases["deployed"], RECORD).inputs["name"] == "a.example.com"


def test_url_of_a_certificate_without_domain_is_the_load_balancers_own() -> None:
    deployed = balancer({"certificate": {"arn": ARN}}).phases["deployed"]
    assert deployed.outputs["url"] == f"https://{one(deployed, BALANCER).outputs['dnsName']}"


def test_without_certificate_one_http_listener(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    (listener,) = deployed.of_type(LISTENER)
    assert (listener.inputs["port"], listener.inputs["protocol"]) == (80, "HTTP")
    assert listener.inputs["defaultActions"][0]["fixedResponse"]["statusCode"] == "404"
    assert "certificateArn" not in listener.inputs
    assert open_ports(deployed) == {("0.0.0.0/0", 80)}
    assert deployed.outputs["port"] == 80
    assert deployed.outputs["url"] == f"http://{one(deployed, BALANCER).outputs['dnsName']}"


def test_adding_a_certificate_updates_the_listener_on_80_instead_of_creating_a_second_one(
    plain: Plan, secure: Plan
) -> None:
    """Two logical names would mean a second listener on port 80 before the first is deleted: DuplicateListener."""
    names = {r.name for p in (plain, secure) for r in p.phases["preview"].of_type(LISTENER) if r.inputs["port"] == 80}
    assert names == {"entry-http"}


@pytest.mark.parametrize("certificate", [None, {"arn": ARN}])
def test_internal_load_balancer_without_networks_has_no_ingress(certificate: dict[str, str] | None) -> None:
    phase = balancer({"certificate": certificate}, "internal").phases["deployed"]
    assert phase.of_type(INGRESS) == []
    assert one(phase, BALANCER).inputs["internal"] is True


def test_an_internal_load_balancer_admits_the_networks_that_are_named() -> None:
    phase = balancer({"certificate": {"arn": ARN}}, "internal", allow_cidrs=["10.20.0.0/16"]).phases["deployed"]
    assert open_ports(phase) == {("10.20.0.0/16", 443), ("10.20.0.0/16", 80)}


def test_security_group_has_no_inline_rules(secure: Plan) -> None:
    group = one(secure.phases["deployed"], "aws:ec2/securityGroup:SecurityGroup")
    assert not {"ingress", "egress", "name"} & set(group.inputs)
    assert secure.phases["deployed"].of_type("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") == []
    assert secure.phases["deployed"].outputs["group"] == group.id


def test_one_rule_for_each_network_and_port() -> None:
    networks = ("203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24")
    phase = balancer({"certificate": {"arn": ARN}}, allow_cidrs=networks).phases["preview"]
    assert open_ports(phase) == {(cidr, port) for cidr in ("203.0.113.0/24", "198.51.100.0/24") for port in (80, 443)}
    for rule in phase.of_type(INGRESS):
        assert rule.inputs["fromPort"] == rule.inputs["toPort"]
        assert rule.inputs["ipProtocol"] == "tcp"
        assert rule.inputs["description"] == f"{rule.inputs['cidrIpv4']} to load balancer"


def test_a_new_network_changes_no_other_rule() -> None:
    """By index, a rule would get its neighbour's network while that still exists: InvalidPermission.Duplicate."""
    before = {r.name: r.inputs for r in balancer({}, allow_cidrs=["203.0.113.0/24"]).phases["preview"].of_type(INGRESS)}
    both = balancer({}, allow_cidrs=["198.51.100.0/24", "203.0.113.0/24"]).phases["preview"]
    after = {r.name: r.inputs for r in both.of_type(INGRESS)}
    assert before.items() <= after.items()


@pytest.mark.parametrize("scheme", ["internal", "internet-facing"])
def test_only_from_admits_a_managed_prefix_list_to_one_port_through_its_own_group(scheme: Scheme) -> None:
    """A managed prefix list counts as up to 55 of a group's 60 rules."""
    callers = PrefixList(name="CloudFront", id="pl-1")
    plan = balancer({"certificate": {"arn": ARN}, "redirect_http": False}, scheme, only_from=callers)
    deployed = plan.phases["deployed"]
    rule = one(deployed, INGRESS)
    group = one(deployed, GROUP, "entry-callers")
    assert rule.inputs["prefixListId"] == "pl-1"
    assert (rule.inputs["fromPort"], rule.inputs["toPort"], rule.inputs["ipProtocol"]) == (443, 443, "tcp")
    assert rule.inputs["description"] == "CloudFront to load balancer"
    assert rule.inputs["securityGroupId"] == group.id
    assert one(deployed, BALANCER).inputs["securityGroups"] == [deployed.outputs["group"], group.id]
    assert set(listeners(deployed)) == {443}


def test_further_names_are_on_the_certificate_and_have_records() -> None:
    certificate = {"domain": "api.example.com", "zone": "Z123456789", "names": ["*.api.example.com"]}
    deployed = balancer({"certificate": certificate}).phases["deployed"]
    requested = one(deployed, "aws:acm/certificate:Certificate").inputs
    assert requested["subjectAlternativeNames"] == ["*.api.example.com"]
    assert addresses(deployed) == {
        "entry-record-api-example-com": "api.example.com",
        "entry-record-any-api-example-com": "*.api.example.com",
    }


def test_a_name_that_moves_keeps_its_records() -> None:
    """Route 53 refuses a record that exists, and under another logical name the old one would still exist."""

    def named(domain: str, *names: str) -> dict[str, str]:
        certificate = {"domain": domain, "zone": "Z123456789", "names": list(names)}
        return addresses(balancer({"certificate": certificate}).phases["deployed"])

    assert named("a.example.com", "b.example.com") == named("b.example.com", "a.example.com")
    assert named("a.example.com").items() <= named("b.example.com", "a.example.com").items()


def addresses(deployed: Phase) -> dict[str, str]:
    return {r.name: r.inputs["name"] for r in deployed.of_type(RECORD) if r.inputs["type"] == "A"}


def test_hardened(plain: Plan) -> None:
    inputs = one(plain.phases["preview"], BALANCER).inputs
    assert inputs["dropInvalidHeaderFields"] is True
    assert inputs["desyncMitigationMode"] == "defensive"
    assert inputs["loadBalancerType"] == "application"
    assert inputs["ipAddressType"] == "ipv4"
    assert inputs["xffHeaderProcessingMode"] == "append"
    assert inputs["enableHttp2"] is True
    assert inputs["internal"] is False
    assert "name" not in inputs


def test_idle_timeout_is_the_longest_request() -> None:
    plan = balancer({}, idle_timeout_s=900)
    assert one(plan.phases["preview"], BALANCER).inputs["idleTimeout"] == 900


@pytest.mark.parametrize("protect", [True, False])
def test_protect_sets_every_protection(protect: bool) -> None:
    phase = balancer({}, access_logs=True, protect=protect).phases["preview"]
    entry, bucket = one(phase, BALANCER), one(phase, "aws:s3/bucket:Bucket")
    assert (entry.protect, entry.inputs["enableDeletionProtection"]) == (protect, protect)
    assert (bucket.protect, bucket.inputs["forceDestroy"]) == (protect, not protect)


def test_access_logs_depend_on_the_bucket_policy(secure: Plan) -> None:
    phase = secure.phases["preview"]
    entry = one(phase, BALANCER)
    assert entry.inputs["accessLogs"]["enabled"] is True
    assert one(phase, "aws:s3/bucketPolicy:BucketPolicy").urn in entry.property_dependencies["accessLogs"]
    deployed = secure.phases["deployed"]
    bucket = one(deployed, "aws:s3/bucket:Bucket").outputs["bucket"]
    assert one(deployed, BALANCER).inputs["accessLogs"]["bucket"] == bucket


def test_access_logs_can_be_off(plain: Plan) -> None:
    assert "accessLogs" not in one(plain.phases["preview"], BALANCER).inputs
    assert plain.phases["preview"].of_type("aws:s3/bucket:Bucket") == []


def test_access_logs_expire_as_set() -> None:
    phase = balancer({"log_retention_days": 7}, access_logs=True).phases["preview"]
    lifecycle = one(phase, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    assert lifecycle.inputs["rules"][0]["expiration"] == {"days": 7}


def test_metrics_have_the_dimension_of_cloudwatch(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    assert deployed.outputs["dimensions"] == {"LoadBalancer": one(deployed, BALANCER).outputs["arnSuffix"]}


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"subnet_ids": ["subnet-a"]}, "needs subnets in two zones, not 1"),
        ({"idle_timeout_s": 4001}, "1 to 4000 s, not 4001"),
        ({"idle_timeout_s": 0}, "1 to 4000 s, not 0"),
    ],
)
def test_refuses(others: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        args({}, **others)
