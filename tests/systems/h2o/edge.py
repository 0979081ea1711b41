"""The edge of h2o-allegiant: DNS, CloudFront, Amplify, load balancer."""

from __future__ import annotations

from typing import Any

from preview.plan import Plan
from tests.systems.h2o.expected import Expected
from tests.systems.lines import of

__all__ = [
    "amplify",
    "backend_behaviour",
    "certificates",
    "distribution",
    "dns",
    "firewall",
    "https_only",
    "vpc_origin",
]

# Ids of CloudFront's managed policies, as its developer guide lists them.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def of_distribution(plan: Plan) -> dict[str, Any]:
    return of(plan, "cloudfront/distribution:Distribution").inputs


def origins(plan: Plan) -> dict[str, dict[str, Any]]:
    return {origin["originId"]: origin for origin in of_distribution(plan)["origins"]}


def certificates(plan: Plan, expected: Expected) -> None:
    """One in us-east-1 for CloudFront, one in the stack's region for the load balancer; both validated."""
    found = {r.inputs["domainName"]: r for r in plan.phases["deployed"].of_type("aws:acm/certificate:Certificate")}
    assert set(found) == {expected.domain, expected.origin}
    assert found[expected.domain].inputs["region"] == "us-east-1"
    validated = {
        r.inputs["certificateArn"]: r.urn
        for r in plan.phases["deployed"].of_type("aws:acm/certificateValidation:CertificateValidation")
    }
    made = of(plan, "cloudfront/distribution:Distribution")
    viewer = made.inputs["viewerCertificate"]
    assert viewer["acmCertificateArn"] == found[expected.domain].outputs["arn"]
    assert validated[viewer["acmCertificateArn"]] in made.property_dependencies["viewerCertificate"]
    assert (viewer["sslSupportMethod"], viewer["minimumProtocolVersion"][:6]) == ("sni-only", "TLSv1.")
    listener = of(plan, "lb/listener:Listener", "load-balancer-https")
    assert listener.inputs["certificateArn"] == found[expected.origin].outputs["arn"]
    assert validated[listener.inputs["certificateArn"]] in listener.property_dependencies["certificateArn"]


def dns(plan: Plan, expected: Expected) -> None:
    """Route 53 leads every name to the distribution, over IPv4 and IPv6."""
    made = of(plan, "cloudfront/distribution:Distribution")
    aliases = {expected.domain} if expected.environment == "dev" else {expected.domain, "www.h2o.example.com"}
    assert set(made.inputs["aliases"]) == aliases
    records = {
        (r.inputs["name"], r.inputs["type"]): r.inputs
        for r in plan.phases["deployed"].of_type("aws:route53/record:Record")
        if r.inputs.get("aliases")
    }
    assert {pair for pair in records if pair[0] in aliases} == {(n, t) for n in aliases for t in ("A", "AAAA")}
    for name in aliases:
        for kind in ("A", "AAAA"):
            (alias,) = records[name, kind]["aliases"]
            assert alias["name"] == made.outputs["domainName"]
            assert alias["zoneId"] == made.outputs["hostedZoneId"]


def distribution(plan: Plan) -> None:
    made = of_distribution(plan)
    assert (made["enabled"], made["isIpv6Enabled"], made["httpVersion"]) == (True, True, "http2and3")
    headers = of(plan, ":ResponseHeadersPolicy")
    for behavior in [made["defaultCacheBehavior"], *made["orderedCacheBehaviors"]]:
        assert behavior["responseHeadersPolicyId"] == headers.id
    security = headers.inputs["securityHeadersConfig"]
    assert security["strictTransportSecurity"]["accessControlMaxAgeSec"] >= 31536000
    assert security["contentTypeOptions"]["override"] is True
    assert {"frameOptions", "referrerPolicy"} <= set(security)


def amplify(plan: Plan, expected: Expected) -> None:
    """What no path names goes to the frontend's branch on Amplify."""
    made = of_distribution(plan)
    origin = origins(plan)[made["defaultCacheBehavior"]["targetOriginId"]]
    app = of(plan, "amplify/app:App")
    branch = of(plan, "amplify/branch:Branch").inputs
    assert (branch["appId"], branch["branchName"]) == (app.id, expected.branch)
    assert origin["domainName"] == f"{expected.branch}.{app.outputs['defaultDomain']}"
    assert origin["customOriginConfig"]["originProtocolPolicy"] == "https-only"
    assert branch["environmentVariables"]["NEXT_PUBLIC_API_URL"] == "/api"


def backend_behaviour(plan: Plan) -> None:
    """/api/* goes to the load balancer, and nothing of it is cached."""
    (behavior,) = of_distribution(plan)["orderedCacheBehaviors"]
    assert behavior["pathPattern"] == "/api/*"
    assert behavior["cachePolicyId"] == CACHING_DISABLED
    assert set(behavior["allowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
    assert "vpcOriginConfig" in origins(plan)[behavior["targetOriginId"]]


def vpc_origin(plan: Plan, expected: Expected) -> None:
    """CloudFront reaches the internal load balancer through a VPC origin, over HTTPS, as long as an answer takes."""
    made = of(plan, ":VpcOrigin")
    endpoint = made.inputs["vpcOriginEndpointConfig"]
    assert endpoint["arn"] == of(plan, "lb/loadBalancer:LoadBalancer").outputs["arn"]
    assert (endpoint["originProtocolPolicy"], endpoint["httpsPort"]) == ("https-only", 443)
    (origin,) = [o for o in origins(plan).values() if "vpcOriginConfig" in o]
    assert origin["vpcOriginConfig"]["vpcOriginId"] == made.id
    assert origin["vpcOriginConfig"]["originReadTimeout"] >= 60
    assert origin["domainName"] == expected.origin


def https_only(plan: Plan) -> None:
    """No listener on port 80 at all, and no viewer on plain HTTP."""
    listeners = plan.phases["deployed"].of_type("aws:lb/listener:Listener")
    assert [(r.inputs["port"], r.inputs["protocol"]) for r in listeners] == [(443, "HTTPS")]
    rules = plan.phases["deployed"].of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert rules
    assert not [r.name for r in rules if r.inputs.get("fromPort") == 80 or "cidrIpv4" in r.inputs]
    made = of_distribution(plan)
    for behavior in [made["defaultCacheBehavior"], *made["orderedCacheBehaviors"]]:
        assert behavior["viewerProtocolPolicy"] in ("https-only", "redirect-to-https")


def firewall(plan: Plan) -> None:
    acl = of(plan, "wafv2/webAcl:WebAcl")
    assert (acl.inputs["scope"], acl.inputs["region"]) == ("CLOUDFRONT", "us-east-1")
    assert of_distribution(plan)["webAclId"] == acl.outputs["arn"]
