"""The HTTP API: integration with the internal load balancer, throttling, access logs, custom domain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pulumi
import pytest

from components.edge.http_api import HttpApi, HttpApiArgs
from preview.plan import PhaseName, Plan
from settings import edge
from tests.recording import children, one, record

ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/entry/50dc6c495c0c9188/f2f7dc8efc522ab2"
API = "aws:apigatewayv2/api:Api"
DOMAIN = "aws:apigatewayv2/domainName:DomainName"
INTEGRATION = "aws:apigatewayv2/integration:Integration"
MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping"
ROUTE = "aws:apigatewayv2/route:Route"
STAGE = "aws:apigatewayv2/stage:Stage"
LINK = "aws:apigatewayv2/vpcLink:VpcLink"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
LOGS = "aws:cloudwatch/logGroup:LogGroup"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"


def api(settings: dict[str, Any] | None = None, server_name: str | None = None, paths: Sequence[str] = ()) -> Plan:
    def program() -> None:
        http_api = HttpApi(
            "front",
            HttpApiArgs(
                settings=edge.HttpApi(**(settings or {})),
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                listener_arn=LISTENER,
                server_name=server_name,
                paths=paths,
            ),
        )
        pulumi.export("url", http_api.url)
        pulumi.export("group", http_api.peer.security_group_id)
        pulumi.export("listens", http_api.peer.port is not None)
        pulumi.export("dimensions", http_api.monitoring.metrics.errors.dimensions)
        pulumi.export("counts_throttled", http_api.monitoring.counts_throttled)

    return record(program)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return api()


@pytest.fixture(scope="module")
def domain() -> Plan:
    return api({"domain": {"name": "api.example.com", "zone": "Z123456789"}})


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plain: Plan, phase: PhaseName) -> None:
    assert children(plain.phases[phase]) == [
        (API, "front"),
        (INTEGRATION, "front-integration"),
        (ROUTE, "front-route"),
        (STAGE, "front-stage"),
        (LINK, "front-link"),
        (LOGS, "front-access-log"),
        (GROUP, "front-group"),
    ]


def test_integration_goes_through_the_link_to_the_listener(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    inputs = one(phase, INTEGRATION).inputs
    assert inputs["integrationType"] == "HTTP_PROXY"
    assert inputs["integrationMethod"] == "ANY"
    assert inputs["connectionType"] == "VPC_LINK"
    assert inputs["connectionId"] == one(phase, LINK).id
    assert inputs["integrationUri"] == LISTENER  # the listener, not the load balancer's DNS name
    assert inputs["payloadFormatVersion"] == "1.0"
    assert inputs["timeoutMilliseconds"] == 30000
    assert "tlsConfig" not in inputs


def test_https_verifies_the_name_on_the_certificate() -> None:
    inputs = one(api(server_name="origin.example.com").phases["preview"], INTEGRATION).inputs
    assert inputs["tlsConfig"] == {"serverNameToVerify": "origin.example.com"}


def test_replaced_integration_exists_before_the_old_one_is_deleted(plain: Plan) -> None:
    """AWS refuses otherwise: Cannot delete Integration because it is referenced."""
    assert one(plain.phases["preview"], INTEGRATION).delete_before_replace is False


def test_default_route_leads_to_the_integration(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    inputs = one(phase, ROUTE).inputs
    assert inputs["routeKey"] == "$default"
    assert inputs["target"] == f"integrations/{one(phase, INTEGRATION).id}"


def test_default_stage_adds_nothing_to_the_path_and_deploys_by_itself(plain: Plan) -> None:
    phase = plain.phases["preview"]
    stage = one(phase, STAGE)
    assert stage.inputs["name"] == "$default"
    assert stage.inputs["autoDeploy"] is True
    assert one(phase, ROUTE).urn in stage.dependencies


def test_requests_are_throttled_and_measured() -> None:
    inputs = one(api({"throttle": {"rate": 50, "burst": 20}}).phases["preview"], STAGE).inputs
    assert inputs["defaultRouteSettings"] == {
        "throttlingRateLimit": 50,
        "throttlingBurstLimit": 20,
        "detailedMetricsEnabled": True,
    }


def test_access_logs_have_their_own_log_group() -> None:
    phase = api({"log_retention_days": 7}).phases["deployed"]
    logs = one(phase, LOGS)
    assert logs.inputs["retentionInDays"] == 7
    # Groups with this prefix share one entry in the log resource policy, whose size is limited.
    assert logs.inputs["namePrefix"] == "/aws/vendedlogs/apigateway/front-"
    assert "name" not in logs.inputs
    settings = one(phase, STAGE).inputs["accessLogSettings"]
    assert settings["destinationArn"] == logs.outputs["arn"]
    assert "\n" not in settings["format"]
    fields = json.loads(settings["format"])
    assert fields["requestId"] == "$context.requestId"
    assert fields["routeKey"] == "$context.routeKey"
    assert fields["status"] == "$context.status"
    assert fields["integrationError"] == "$context.integrationErrorMessage"
    assert fields["responseLatency"] == "$context.responseLatency"


LIMITED: list[dict[str, Any]] = [
    {"throttle": {}},
    {"throttle": {"rate": 50, "burst": 20}},
    {"routes": {"GET /items": {}}},
]


@pytest.mark.parametrize("settings", LIMITED)
def test_throttled_requests_are_counted_where_limits_or_routes_are_set(settings: dict[str, Any]) -> None:
    plan = api(settings)
    for phase in plan.phases.values():
        assert [r.name for r in phase.of_type(FILTER)] == ["front-throttled", "front-throttled-by-route"]
    assert plan.phases["deployed"].outputs["counts_throttled"] is True


def test_by_default_throttled_requests_are_not_counted(plain: Plan) -> None:
    assert [phase.of_type(FILTER) for phase in plain.phases.values()] == [[], []]
    assert plain.phases["deployed"].outputs["counts_throttled"] is False


def test_throttled_requests_are_counted_from_the_access_log() -> None:
    phase = api({"throttle": {}}).phases["deployed"]
    in_total = one(phase, FILTER, "front-throttled").inputs
    assert in_total["logGroupName"] == one(phase, LOGS).outputs["name"]
    fields = json.loads(one(phase, STAGE).inputs["accessLogSettings"]["format"])
    # The access log contains the status as a string.
    assert fields["status"] == "$context.status"
    assert in_total["pattern"] == '{ $.status = "429" }'
    metric = in_total["metricTransformation"]
    assert fields[metric["dimensions"]["ApiId"].removeprefix("$.")] == "$context.apiId"
    assert (metric["namespace"], metric["name"], metric["value"]) == ("AgentPlatform/HttpApi", "Throttled", "1")
    by_route = one(phase, FILTER, "front-throttled-by-route").inputs
    assert (by_route["pattern"], by_route["logGroupName"]) == (in_total["pattern"], in_total["logGroupName"])
    metric = by_route["metricTransformation"]
    assert {name: fields[field.removeprefix("$.")] for name, field in metric["dimensions"].items()} == {
        "ApiId": "$context.apiId",
        "Route": "$context.routeKey",
    }
    assert (metric["namespace"], metric["name"], metric["value"]) == ("AgentPlatform/HttpApi", "ThrottledByRoute", "1")


def test_vpc_link_has_a_group_without_rules(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    group, link = one(phase, GROUP), one(phase, LINK)
    assert link.inputs["securityGroupIds"] == [group.id]
    assert link.inputs["subnetIds"] == ["subnet-a", "subnet-b"]
    assert not {"ingress", "egress", "name"} & set(group.inputs)
    assert phase.outputs["group"] == group.id
    assert phase.outputs["listens"] is False


def test_without_cors_settings_there_is_no_cors_configuration(plain: Plan) -> None:
    assert "corsConfiguration" not in one(plain.phases["preview"], API).inputs


def test_cors() -> None:
    cors = {"origins": ["https://app.example.com"], "credentials": True}
    inputs = one(api({"cors": cors}).phases["preview"], API).inputs["corsConfiguration"]
    assert inputs == {
        "allowOrigins": ["https://app.example.com"],
        "allowMethods": ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        "allowHeaders": ["authorization", "content-type"],
        "allowCredentials": True,
        "maxAge": 300,
    }


def test_without_domain_the_apis_own_endpoint(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    http_api = one(phase, API)
    assert http_api.inputs["protocolType"] == "HTTP"
    assert http_api.inputs["disableExecuteApiEndpoint"] is False
    assert phase.outputs["url"] == http_api.outputs["apiEndpoint"]
    assert phase.outputs["dimensions"] == {"ApiId": http_api.id}


def test_custom_domain_disables_the_default_endpoint(domain: Plan) -> None:
    phase = domain.phases["deployed"]
    assert one(phase, API).inputs["disableExecuteApiEndpoint"] is True
    assert phase.outputs["url"] == "https://api.example.com"


def test_children_of_a_domain(domain: Plan) -> None:
    names = [name for _, name in children(domain.phases["preview"]) if name.startswith("front-domain")]
    assert names == [
        "front-domain-certificate",
        "front-domain-certificate-validation",
        "front-domain-mapping",
        "front-domain",
        "front-domain-certificate-record-api-example-com",
        "front-domain-record",
    ]


def test_domain_speaks_tls_12_with_an_issued_certificate(domain: Plan) -> None:
    phase = domain.phases["preview"]
    domain_name = one(phase, DOMAIN)
    configuration = domain_name.inputs["domainNameConfiguration"]
    assert (configuration["endpointType"], configuration["securityPolicy"]) == ("REGIONAL", "TLS_1_2")
    validation = one(phase, "aws:acm/certificateValidation:CertificateValidation")
    assert validation.urn in domain_name.property_dependencies["domainNameConfiguration"]


def test_domains_record_leads_to_api_gateway(domain: Plan) -> None:
    preview = one(domain.phases["preview"], "aws:route53/record:Record", "front-domain-record")
    assert "aliases[0].name" in preview.unknown
    assert "aliases[0].zoneId" in preview.unknown
    inputs = one(domain.phases["deployed"], "aws:route53/record:Record", "front-domain-record").inputs
    assert inputs["name"] == "api.example.com"
    assert inputs["aliases"][0]["name"].endswith(".execute-api.us-east-1.amazonaws.com")


def test_replaced_mapping_is_deleted_first(domain: Plan) -> None:
    """A domain has one mapping per path: ConflictException otherwise."""
    phase = domain.phases["deployed"]
    mapping = one(phase, MAPPING)
    assert mapping.delete_before_replace is True
    assert mapping.inputs["domainName"] == "api.example.com"
    assert mapping.inputs["apiId"] == one(phase, API).id
    assert mapping.inputs["stage"] == one(phase, STAGE).id


def test_domain_with_a_certificate_creates_none() -> None:
    phase = api({"domain": {"name": "api.example.com", "zone": "Z123456789", "certificate_arn": ARN}}).phases["preview"]
    assert phase.of_type("aws:acm/certificate:Certificate") == []
    assert one(phase, DOMAIN).inputs["domainNameConfiguration"]["certificateArn"] == ARN
