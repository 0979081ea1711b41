"""The distribution: origins and cache behaviors, names and certificates, TLS, caching, security headers."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.edge.distribution import Distribution, DistributionArgs
from components.edge.origin_secret import OriginSecret, OriginSecretArgs, SecretHeader
from components.edge.origins import BalancerOrigin, Frontend
from preview.plan import Phase, Plan, Record
from preview.run import ProgramError
from settings.edge import distribution as settings
from tests.accounts import account
from tests.recording import children, every_phase, one, record

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
RECORD = "aws:route53/record:Record"
VALIDATION = "aws:acm/certificateValidation:CertificateValidation"
BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/lb/50dc6c495c0c9188"
NAME = {"certificate": {"domain": "app.example.com", "zone": "Z123456789", "names": ["www.example.com"]}}
API = {"paths": {"/api/*": {}}}
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def origin(suffix: str = "app/lb/50dc6c495c0c9188", secret: SecretHeader | None = None) -> BalancerOrigin:
    return BalancerOrigin(
        arn=BALANCER, arn_suffix=suffix, domain="origin.example.com", read_timeout_s=90, secret=secret
    )


def distribution(values: dict[str, Any], **others: Any) -> Plan:
    def program() -> None:
        args: dict[str, Any] = {
            "settings": settings.Distribution(**values),
            "stack": "prod",
            "account": account(),
            "balancer": origin(),
            **others,
        }
        site = Distribution("site", DistributionArgs(**args))
        pulumi.export("url", site.url)
        pulumi.export("domain_name", site.domain_name)
        pulumi.export("metrics", [site.monitoring.metrics.errors.dimensions, site.monitoring.metrics.errors.region])

    return record(program, region="eu-west-1")


def site_of(plan: Plan) -> Record:
    return one(plan.phases["deployed"], DISTRIBUTION)


def behaviors(plan: Plan) -> dict[str, Any]:
    inputs = site_of(plan).inputs
    return {"*": inputs["defaultCacheBehavior"]} | {
        behavior["pathPattern"]: behavior for behavior in inputs.get("orderedCacheBehaviors", ())
    }


@pytest.fixture(scope="module")
def plain() -> Plan:
    return distribution({})


@pytest.fixture(scope="module")
def both() -> Plan:
    return distribution({**NAME, **API, "default": "amplify"}, frontend=Frontend(domain="main.d111.amplifyapp.com"))


@pytest.fixture(scope="module")
def public() -> Plan:
    def program() -> None:
        secret = OriginSecret("secret", OriginSecretArgs(versions=(1, 2)))
        args = DistributionArgs(
            settings=settings.Distribution(origin="public"),
            stack="prod",
            account=account(),
            balancer=origin(secret=secret.header),
        )
        Distribution("site", args)

    return record(program)


def names_without_logs(phase: Phase) -> list[str]:
    return [name for type_, name in children(phase) if not name.startswith("site-logs")]


def test_children(both: Plan) -> None:
    phase = both.phases["preview"]
    assert children(phase) == children(both.phases["deployed"])
    assert names_without_logs(phase) == [
        "site-certificate",
        "site-certificate-validation",
        "site",
        "site-headers",
        "site-origin",
        "site-a-app-example-com",
        "site-a-www-example-com",
        "site-aaaa-app-example-com",
        "site-aaaa-www-example-com",
        "site-certificate-record-app-example-com",
        "site-certificate-record-www-example-com",
    ]


def test_without_a_custom_domain_there_are_no_records_and_no_certificate(plain: Plan) -> None:
    assert names_without_logs(plain.phases["preview"]) == ["site", "site-headers", "site-origin"]
    assert site_of(plain).inputs["viewerCertificate"] == {"cloudfrontDefaultCertificate": True}
    assert "aliases" not in site_of(plain).inputs
    domain = site_of(plain).outputs["domainName"]
    assert domain.endswith(".cloudfront.net")
    assert plain.phases["deployed"].outputs["url"] == f"https://{domain}"
    assert plain.phases["deployed"].outputs["domain_name"] == domain


def test_certificate_in_us_east_1_is_validated_first(both: Plan) -> None:
    phase = both.phases["preview"]
    certificate = one(phase, "aws:acm/certificate:Certificate")
    assert certificate.inputs["region"] == one(phase, VALIDATION).inputs["region"] == "us-east-1"
    assert certificate.inputs["subjectAlternativeNames"] == ["www.example.com"]
    assert one(phase, VALIDATION).urn in one(phase, DISTRIBUTION).property_dependencies["viewerCertificate"]


def test_tls_1_2_or_newer_with_a_custom_domain(both: Plan) -> None:
    inputs = site_of(both).inputs
    certificate = one(both.phases["deployed"], "aws:acm/certificate:Certificate")
    assert inputs["aliases"] == ["app.example.com", "www.example.com"]
    assert inputs["viewerCertificate"] == {
        "acmCertificateArn": certificate.outputs["arn"],
        "sslSupportMethod": "sni-only",
        "minimumProtocolVersion": "TLSv1.2_2021",
    }
    assert both.phases["deployed"].outputs["url"] == "https://app.example.com"


def test_an_existing_certificate_without_zone_gets_no_records() -> None:
    arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
    plan = distribution({"certificate": {"arn": arn, "domain": "app.example.com"}})
    assert site_of(plan).inputs["viewerCertificate"]["acmCertificateArn"] == arn
    assert site_of(plan).inputs["aliases"] == ["app.example.com"]
    assert plan.phases["deployed"].of_type(RECORD) == []


def test_a_and_aaaa_records_point_to_the_distribution_and_overwrite_nothing(both: Plan) -> None:
    records = [r.inputs for r in both.phases["deployed"].of_type(RECORD) if "certificate" not in r.name]
    names = ("app.example.com", "www.example.com")
    assert {(r["name"], r["type"]) for r in records} == {(name, kind) for name in names for kind in ("A", "AAAA")}
    for inputs in records:
        target = {
            "name": site_of(both).outputs["domainName"],
            "zoneId": "Z2FDTNDATAQYW2",
            "evaluateTargetHealth": False,
        }
        assert inputs["aliases"] == [target]
        assert "allowOverwrite" not in inputs
        assert inputs["zoneId"] == "Z123456789"


def test_load_balancer_is_a_vpc_origin_with_the_name_on_its_certificate(plain: Plan) -> None:
    (vpc_origin,) = site_of(plain).inputs["origins"]
    assert vpc_origin == {
        "originId": "load_balancer",
        "domainName": "origin.example.com",
        "vpcOriginConfig": {
            "vpcOriginId": one(plain.phases["deployed"], ORIGIN).id,
            "originReadTimeout": 90,
            "originKeepaliveTimeout": 55,
        },
    }
    assert one(plain.phases["deployed"], ORIGIN).inputs["vpcOriginEndpointConfig"] == {
        "name": "prod-50dc6c495c0c9188",
        "arn": BALANCER,
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
    }


def test_a_replaced_load_balancer_gets_a_new_origin_before_the_old_one_is_deleted() -> None:
    """CloudFront refuses to change an origin that a distribution uses (CannotUpdateEntityWhileInUse)."""
    plans = [distribution({}, balancer=origin(f"app/lb/{digits}")) for digits in ("50dc6c495c0c9188", "1")]
    vpc_origins = [one(plan.phases["deployed"], ORIGIN) for plan in plans]
    assert all(each.replace_on_changes == ("vpcOriginEndpointConfig",) for each in vpc_origins)
    assert all(each.delete_before_replace is False for each in vpc_origins)
    assert len({each.inputs["vpcOriginEndpointConfig"]["name"] for each in vpc_origins}) == 2


def test_amplify_gets_its_own_host_over_tls_and_nothing_is_cached(both: Plan) -> None:
    """A forwarded Host gives 403, and cached HTML refers to files that the next build replaces."""
    (amplify,) = [o for o in site_of(both).inputs["origins"] if o["originId"] == "amplify"]
    assert amplify["domainName"] == "main.d111.amplifyapp.com"
    assert amplify["customOriginConfig"]["originProtocolPolicy"] == "https-only"
    assert amplify["customOriginConfig"]["originSslProtocols"] == ["TLSv1.2"]
    default = behaviors(both)["*"]
    assert default["targetOriginId"] == "amplify"
    assert default["cachePolicyId"] == CACHING_DISABLED
    assert default["originRequestPolicyId"] == ALL_VIEWER_EXCEPT_HOST


def test_authorization_header_of_the_app_is_sent_and_secret() -> None:
    def program() -> None:
        args = DistributionArgs(
            settings=settings.Distribution(default="amplify"),
            stack="prod",
            account=account(),
            frontend=Frontend(domain="main.d111.amplifyapp.com", authorization=pulumi.Output.secret("Basic abc")),
        )
        Distribution("site", args)

    plan = record(program)
    (amplify,) = site_of(plan).inputs["origins"]
    assert amplify["customHeaders"] == [{"name": "Authorization", "value": "Basic abc"}]
    assert any(path.startswith("origins") for path in site_of(plan).secret)


def test_frontend_alone_needs_no_load_balancer() -> None:
    plan = distribution({"default": "amplify"}, balancer=None, frontend=Frontend(domain="main.d111.amplifyapp.com"))
    assert [o["originId"] for o in site_of(plan).inputs["origins"]] == ["amplify"]
    assert plan.phases["deployed"].of_type(ORIGIN) == []


def test_paths_lead_to_the_load_balancer_the_narrowest_first() -> None:
    paths = {"/api/*": {}, "/api/files/*": {"cache": "optimized"}, "/a*": {}, "/api/v1/health": {}}
    plan = distribution({"paths": paths})
    assert list(behaviors(plan)) == ["*", "/api/v1/health", "/api/files/*", "/api/*", "/a*"]
    assert {b["targetOriginId"] for b in behaviors(plan).values()} == {"load_balancer"}


def test_paths_do_not_depend_on_the_order_in_the_file() -> None:
    paths = {"/api/*": {}, "/api/files/*": {}, "/b/*": {}}
    reverse_order = dict(reversed(list(paths.items())))
    assert site_of(distribution({"paths": paths})).inputs == site_of(distribution({"paths": reverse_order})).inputs


def test_uncached_paths_forward_everything_except_the_host(both: Plan) -> None:
    api = behaviors(both)["/api/*"]
    assert api["cachePolicyId"] == CACHING_DISABLED
    assert api["originRequestPolicyId"] == ALL_VIEWER_EXCEPT_HOST
    assert set(api["allowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}


def test_cached_responses_do_not_depend_on_the_viewer() -> None:
    files = behaviors(distribution({"paths": {"/files/*": {"cache": "optimized"}}}))["/files/*"]
    assert files["cachePolicyId"] == CACHING_OPTIMIZED
    # With cookies or Authorization forwarded, but not in the cache key, one viewer would get another's response.
    assert "originRequestPolicyId" not in files
    assert files["allowedMethods"] == ["GET", "HEAD", "OPTIONS"]


def test_plain_http_is_redirected_by_default_and_refused_for_api_paths(both: Plan) -> None:
    assert behaviors(both)["*"]["viewerProtocolPolicy"] == "redirect-to-https"
    assert behaviors(both)["/api/*"]["viewerProtocolPolicy"] == "https-only"


def test_errors_are_never_cached_and_never_replaced(both: Plan) -> None:
    """Custom error pages apply to the whole distribution, and would hide the API's own 403 and 404."""
    responses = site_of(both).inputs["customErrorResponses"]
    assert {error["errorCode"] for error in responses} >= {400, 403, 404, 405, 500, 502, 503, 504}
    assert all(error == {"errorCode": error["errorCode"], "errorCachingMinTtl": 0} for error in responses)


def test_security_headers(plain: Plan) -> None:
    policy = one(plain.phases["deployed"], HEADERS)
    assert policy.inputs["securityHeadersConfig"] == {
        "strictTransportSecurity": {
            "accessControlMaxAgeSec": 365 * 24 * 3600,
            "includeSubdomains": False,
            "preload": False,
            "override": True,
        },
        "contentTypeOptions": {"override": True},
        "frameOptions": {"frameOption": "DENY", "override": False},
        "referrerPolicy": {"referrerPolicy": "strict-origin-when-cross-origin", "override": False},
    }
    assert {b["responseHeadersPolicyId"] for b in behaviors(plain).values()} == {policy.id}


def test_security_headers_as_set() -> None:
    headers = {"hsts_days": 0, "frame": "any", "content_security_policy": "default-src 'self'"}
    plan = distribution({"security_headers": headers})
    config = one(plan.phases["deployed"], HEADERS).inputs["securityHeadersConfig"]
    assert set(config) == {"contentTypeOptions", "referrerPolicy", "contentSecurityPolicy"}
    assert config["contentSecurityPolicy"] == {"contentSecurityPolicy": "default-src 'self'", "override": False}


def test_protocols_price_class_and_what_is_left_out(plain: Plan) -> None:
    inputs = site_of(plain).inputs
    assert (inputs["httpVersion"], inputs["isIpv6Enabled"], inputs["enabled"]) == ("http2and3", True, True)
    assert inputs["restrictions"] == {"geoRestriction": {"restrictionType": "none"}}
    assert inputs["priceClass"] == "PriceClass_100"
    assert not {"defaultRootObject", "loggingConfig", "webAclId", "orderedCacheBehaviors"} & set(inputs)


def test_distribution_refers_to_the_web_acl() -> None:
    arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1"
    assert site_of(distribution({}, web_acl_arn=arn)).inputs["webAclId"] == arn


@pytest.mark.parametrize("protect", [True, False])
def test_protect(protect: bool) -> None:
    phase = distribution({}, protect=protect).phases["preview"]
    assert one(phase, DISTRIBUTION).protect is protect
    assert one(phase, "aws:s3/bucket:Bucket").protect is protect


def test_metrics_are_in_us_east_1(plain: Plan) -> None:
    assert plain.phases["deployed"].outputs["metrics"] == [
        {"DistributionId": site_of(plain).id, "Region": "Global"},
        "us-east-1",
    ]


def test_public_load_balancer_gets_the_secret_header_and_the_newest_version(public: Plan) -> None:
    (public_origin,) = site_of(public).inputs["origins"]
    newest = one(public.phases["deployed"], "random:index/randomPassword:RandomPassword", "secret-v2")
    assert public_origin["customHeaders"] == [{"name": "X-Origin-Secret", "value": newest.outputs["result"]}]
    assert "origins" in {path.partition("[")[0] for path in site_of(public).secret}
    assert "vpcOriginConfig" not in public_origin
    assert public_origin["customOriginConfig"] == {
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "originReadTimeout": 90,
        "originKeepaliveTimeout": 55,
    }
    assert public.phases["deployed"].of_type(ORIGIN) == []


@pytest.mark.parametrize(
    ("values", "others", "message"),
    [
        ({}, {"balancer": None}, "send requests to a load balancer; pass balancer"),
        ({"default": "amplify"}, {}, "send requests to an Amplify app; pass frontend"),
        ({"origin": "public"}, {}, "has a secret header with origin: public"),
        (
            {},
            {"balancer": origin(secret=SecretHeader(name="X", sent="1", accepted=["1"]))},
            "and none with origin: vpc",
        ),
    ],
)
def test_refuses(values: dict[str, Any], others: dict[str, Any], message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        every_phase(distribution(values, **others))
