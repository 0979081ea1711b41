"""The distribution: who answers what, by which name, over which TLS; what is kept and what never is."""

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
from tests.recording import children, one, record

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
        made = Distribution("site", DistributionArgs(**args))
        pulumi.export("url", made.url)
        pulumi.export("domain_name", made.domain_name)
        pulumi.export("metrics", [made.metrics.errors.dimensions, made.metrics.errors.region])

    return record(program, region="eu-west-1")


def made(plan: Plan) -> Record:
    return one(plan.phases["deployed"], DISTRIBUTION)


def behaviors(plan: Plan) -> dict[str, Any]:
    inputs = made(plan).inputs
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


def own(phase: Phase) -> list[str]:
    return [name for type_, name in children(phase) if not name.startswith("site-logs")]


def test_children(both: Plan) -> None:
    phase = both.phases["preview"]
    assert children(phase) == children(both.phases["deployed"])
    assert own(phase) == [
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


def test_without_a_name_there_are_no_records_and_no_certificate(plain: Plan) -> None:
    assert own(plain.phases["preview"]) == ["site", "site-headers", "site-origin"]
    assert made(plain).inputs["viewerCertificate"] == {"cloudfrontDefaultCertificate": True}
    assert "aliases" not in made(plain).inputs
    domain = made(plain).outputs["domainName"]
    assert domain.endswith(".cloudfront.net")
    assert plain.phases["deployed"].outputs["url"] == f"https://{domain}"
    assert plain.phases["deployed"].outputs["domain_name"] == domain


def test_certificate_of_us_east_1_validated_first(both: Plan) -> None:
    phase = both.phases["preview"]
    certificate = one(phase, "aws:acm/certificate:Certificate")
    assert certificate.inputs["region"] == one(phase, VALIDATION).inputs["region"] == "us-east-1"
    assert certificate.inputs["subjectAlternativeNames"] == ["www.example.com"]
    assert one(phase, VALIDATION).urn in one(phase, DISTRIBUTION).property_dependencies["viewerCertificate"]


def test_tls_1_2_or_newer_with_a_name_of_ones_own(both: Plan) -> None:
    inputs = made(both).inputs
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
    assert made(plan).inputs["viewerCertificate"]["acmCertificateArn"] == arn
    assert made(plan).inputs["aliases"] == ["app.example.com"]
    assert plan.phases["deployed"].of_type(RECORD) == []


def test_records_of_both_kinds_lead_to_the_distribution_and_overwrite_nothing(both: Plan) -> None:
    records = [r.inputs for r in both.phases["deployed"].of_type(RECORD) if "certificate" not in r.name]
    names = ("app.example.com", "www.example.com")
    assert {(r["name"], r["type"]) for r in records} == {(name, kind) for name in names for kind in ("A", "AAAA")}
    for inputs in records:
        target = {"name": made(both).outputs["domainName"], "zoneId": "Z2FDTNDATAQYW2", "evaluateTargetHealth": False}
        assert inputs["aliases"] == [target]
        assert "allowOverwrite" not in inputs
        assert inputs["zoneId"] == "Z123456789"


def test_load_balancer_is_reached_inside_the_vpc_by_the_name_on_its_certificate(plain: Plan) -> None:
    (found,) = made(plain).inputs["origins"]
    assert found == {
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


def test_a_replaced_load_balancer_gets_a_new_origin_before_the_old_one_goes() -> None:
    """CloudFront changes no origin that a distribution uses (CannotUpdateEntityWhileInUse)."""
    plans = [distribution({}, balancer=origin(f"app/lb/{digits}")) for digits in ("50dc6c495c0c9188", "1")]
    found = [one(plan.phases["deployed"], ORIGIN) for plan in plans]
    assert all(each.replace_on_changes == ("vpcOriginEndpointConfig",) for each in found)
    assert all(each.delete_before_replace is False for each in found)
    assert len({each.inputs["vpcOriginEndpointConfig"]["name"] for each in found}) == 2


def test_amplify_is_called_by_its_own_name_over_tls_and_nothing_is_kept(both: Plan) -> None:
    """Forwarding Host gives 403, and HTML that is kept names files that the next build replaces."""
    (amplify,) = [o for o in made(both).inputs["origins"] if o["originId"] == "amplify"]
    assert amplify["domainName"] == "main.d111.amplifyapp.com"
    assert amplify["customOriginConfig"]["originProtocolPolicy"] == "https-only"
    assert amplify["customOriginConfig"]["originSslProtocols"] == ["TLSv1.2"]
    default = behaviors(both)["*"]
    assert default["targetOriginId"] == "amplify"
    assert default["cachePolicyId"] == CACHING_DISABLED
    assert default["originRequestPolicyId"] == ALL_VIEWER_EXCEPT_HOST


def test_password_of_the_app_is_sent_along_and_secret() -> None:
    def program() -> None:
        args = DistributionArgs(
            settings=settings.Distribution(default="amplify"),
            stack="prod",
            account=account(),
            frontend=Frontend(domain="main.d111.amplifyapp.com", authorization=pulumi.Output.secret("Basic abc")),
        )
        Distribution("site", args)

    plan = record(program)
    (found,) = made(plan).inputs["origins"]
    assert found["customHeaders"] == [{"name": "Authorization", "value": "Basic abc"}]
    assert any(path.startswith("origins") for path in made(plan).secret)


def test_frontend_alone_needs_no_load_balancer() -> None:
    plan = distribution({"default": "amplify"}, balancer=None, frontend=Frontend(domain="main.d111.amplifyapp.com"))
    assert [o["originId"] for o in made(plan).inputs["origins"]] == ["amplify"]
    assert plan.phases["deployed"].of_type(ORIGIN) == []


def test_paths_go_to_the_load_balancer_the_narrowest_first() -> None:
    paths = {"/api/*": {}, "/api/files/*": {"cache": "optimized"}, "/a*": {}, "/api/v1/health": {}}
    plan = distribution({"paths": paths})
    assert list(behaviors(plan)) == ["*", "/api/v1/health", "/api/files/*", "/api/*", "/a*"]
    assert {b["targetOriginId"] for b in behaviors(plan).values()} == {"load_balancer"}


def test_paths_do_not_depend_on_the_order_in_the_file() -> None:
    paths = {"/api/*": {}, "/api/files/*": {}, "/b/*": {}}
    backwards = dict(reversed(list(paths.items())))
    assert made(distribution({"paths": paths})).inputs == made(distribution({"paths": backwards})).inputs


def test_uncached_paths_pass_everything_on_but_the_host(both: Plan) -> None:
    api = behaviors(both)["/api/*"]
    assert api["cachePolicyId"] == CACHING_DISABLED
    assert api["originRequestPolicyId"] == ALL_VIEWER_EXCEPT_HOST
    assert set(api["allowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}


def test_what_is_kept_is_no_ones_in_particular() -> None:
    files = behaviors(distribution({"paths": {"/files/*": {"cache": "optimized"}}}))["/files/*"]
    assert files["cachePolicyId"] == CACHING_OPTIMIZED
    # Cookies and Authorization that reached the origin, but not the cache's key, would give one's answer to another.
    assert "originRequestPolicyId" not in files
    assert files["allowedMethods"] == ["GET", "HEAD", "OPTIONS"]


def test_people_are_redirected_and_programs_refused_without_tls(both: Plan) -> None:
    assert behaviors(both)["*"]["viewerProtocolPolicy"] == "redirect-to-https"
    assert behaviors(both)["/api/*"]["viewerProtocolPolicy"] == "https-only"


def test_errors_are_never_kept_and_never_masked(both: Plan) -> None:
    """Custom pages hold for the whole distribution, and would hide the API's own 403 and 404."""
    found = made(both).inputs["customErrorResponses"]
    assert {error["errorCode"] for error in found} >= {400, 403, 404, 405, 500, 502, 503, 504}
    assert all(error == {"errorCode": error["errorCode"], "errorCachingMinTtl": 0} for error in found)


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
    wanted = {"hsts_days": 0, "frame": "any", "content_security_policy": "default-src 'self'"}
    plan = distribution({"security_headers": wanted})
    found = one(plan.phases["deployed"], HEADERS).inputs["securityHeadersConfig"]
    assert set(found) == {"contentTypeOptions", "referrerPolicy", "contentSecurityPolicy"}
    assert found["contentSecurityPolicy"] == {"contentSecurityPolicy": "default-src 'self'", "override": False}


def test_the_rest(plain: Plan) -> None:
    inputs = made(plain).inputs
    assert (inputs["httpVersion"], inputs["isIpv6Enabled"], inputs["enabled"]) == ("http2and3", True, True)
    assert inputs["restrictions"] == {"geoRestriction": {"restrictionType": "none"}}
    assert inputs["priceClass"] == "PriceClass_100"
    assert not {"defaultRootObject", "loggingConfig", "webAclId", "orderedCacheBehaviors"} & set(inputs)


def test_web_acl_is_named_by_the_distribution() -> None:
    arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1"
    assert made(distribution({}, web_acl_arn=arn)).inputs["webAclId"] == arn


@pytest.mark.parametrize("protect", [True, False])
def test_protect(protect: bool) -> None:
    phase = distribution({}, protect=protect).phases["preview"]
    assert one(phase, DISTRIBUTION).protect is protect
    assert one(phase, "aws:s3/bucket:Bucket").protect is protect


def test_metrics_are_those_of_us_east_1(plain: Plan) -> None:
    assert plain.phases["deployed"].outputs["metrics"] == [
        {"DistributionId": made(plain).id, "Region": "Global"},
        "us-east-1",
    ]


def test_public_load_balancer_gets_the_secret_header_and_the_newest_version(public: Plan) -> None:
    (found,) = made(public).inputs["origins"]
    newest = one(public.phases["deployed"], "random:index/randomPassword:RandomPassword", "secret-v2")
    assert found["customHeaders"] == [{"name": "X-Origin-Secret", "value": newest.outputs["result"]}]
    assert "origins" in {path.partition("[")[0] for path in made(public).secret}
    assert "vpcOriginConfig" not in found
    assert found["customOriginConfig"] == {
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
        ({}, {"balancer": None}, "leads to a load balancer; name it"),
        ({"default": "amplify"}, {}, "goes to an Amplify app; name it"),
        ({"origin": "public"}, {}, "or asks for a secret header; choose one"),
        ({}, {"balancer": origin(secret=SecretHeader(name="X", sent="1", accepted=["1"]))}, "choose one"),
    ],
)
def test_refused(values: dict[str, Any], others: dict[str, Any], message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        distribution(values, **others)
