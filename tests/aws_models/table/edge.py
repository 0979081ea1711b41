"""Load balancers, APIs, certificates, DNS, distributions, firewalls, web apps."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_LB = partial(Operation, service="elbv2")
_API = partial(Operation, service="apigatewayv2")
_WAF = partial(Operation, service="wafv2")
_CDN = partial(Operation, service="cloudfront")
_AMPLIFY = partial(Operation, service="amplify")
_FORWARD = {"defaultActions.forward": "ForwardConfig", "defaultActions.targetGroupArn": "TargetGroupArn"}
_NAME = r"(?!-)[A-Za-z0-9-]{1,32}(?<!-)"
_NAMED = "can have a maximum of 32 characters, must contain only alphanumeric characters or hyphens"
_ONE_PATTERN = "The maximum length of each string is 128 characters"


_WAIT = "the maximum is 120 seconds"
_WAITING = "CreateDistribution:DistributionConfig.Origins.Items"


def _attribute(of: str, says: str, low: int, high: int) -> Limit:
    return Limit(says=says, found=f"Modify{of}Attributes:Attributes.Key", low=low, high=high)


OPERATIONS = {
    "aws:lb/loadBalancer:LoadBalancer": _LB(
        name="CreateLoadBalancer",
        members={"loadBalancerType": "Type"},
        words={
            "name": Limit(says=_NAMED, found="CreateLoadBalancer:Name", pattern=rf"(?!internal-){_NAME}"),
            "idleTimeout": _attribute("LoadBalancer", "The valid range is 1-4000 seconds", 1, 4000),
        },
    ),
    "aws:lb/targetGroup:TargetGroup": _LB(
        name="CreateTargetGroup",
        members={
            "healthCheck": "CreateTargetGroup:",
            "healthCheck.enabled": "HealthCheckEnabled",
            "healthCheck.healthyThreshold": "HealthyThresholdCount",
            "healthCheck.interval": "HealthCheckIntervalSeconds",
            "healthCheck.matcher": "Matcher.HttpCode",
            "healthCheck.path": "HealthCheckPath",
            "healthCheck.port": "HealthCheckPort",
            "healthCheck.protocol": "HealthCheckProtocol",
            "healthCheck.timeout": "HealthCheckTimeoutSeconds",
            "healthCheck.unhealthyThreshold": "UnhealthyThresholdCount",
        },
        words={
            "name": Limit(says=_NAMED, found="CreateTargetGroup:Name", pattern=_NAME),
            "healthCheck.matcher": Limit(
                says="For Application Load Balancers, you can specify values between 200 and 499",
                found="CreateTargetGroup:Matcher.HttpCode",
                pattern=r"[2-4]\d\d([,-][2-4]\d\d)*",
            ),
            "deregistrationDelay": _attribute("TargetGroup", "The range is 0-3600 seconds", 0, 3600),
            "slowStart": _attribute("TargetGroup", "The range is 30-900 seconds (15 minutes)", 0, 900),
        },
    ),
    "aws:lb/listener:Listener": _LB(
        name="CreateListener",
        members={
            "certificateArn": "Certificates.CertificateArn",
            **_FORWARD,
            "defaultActions.redirect": "RedirectConfig",
            "defaultActions.fixedResponse": "FixedResponseConfig",
        },
    ),
    "aws:lb/listenerRule:ListenerRule": _LB(
        name="CreateRule",
        members={
            "actions.forward": "ForwardConfig",
            "actions.forward.stickiness": "TargetGroupStickinessConfig",
            "actions.forward.stickiness.duration": "DurationSeconds",
            "actions.forward.targetGroups.arn": "TargetGroupArn",
            "actions.redirect": "RedirectConfig",
            "actions.fixedResponse": "FixedResponseConfig",
            "conditions.pathPattern": "PathPatternConfig",
            "conditions.hostHeader": "HostHeaderConfig",
            "conditions.httpHeader": "HttpHeaderConfig",
            "conditions.sourceIp": "SourceIpConfig",
        },
        words={
            "conditions.pathPattern.values": Limit(
                says=_ONE_PATTERN,
                found="CreateRule:Conditions.PathPatternConfig.Values",
                pattern=r"[A-Za-z0-9_\-.$/~\"'@:+*?&]{1,128}",
            ),
            "conditions.hostHeader.values": Limit(
                says=_ONE_PATTERN, found="CreateRule:Conditions.HostHeaderConfig.Values", pattern=r"[\w.*?-]{1,128}"
            ),
        },
    ),
    "aws:lb/listenerCertificate:ListenerCertificate": _LB(
        name="AddListenerCertificates", members={"certificateArn": "Certificates.CertificateArn"}
    ),
    "aws:apigatewayv2/api:Api": _API(name="CreateApi"),
    "aws:apigatewayv2/stage:Stage": _API(
        name="CreateStage", ignored={"routeSettings": "a list here, a map by route key there"}
    ),
    "aws:apigatewayv2/route:Route": _API(name="CreateRoute"),
    "aws:apigatewayv2/integration:Integration": _API(
        name="CreateIntegration", members={"timeoutMilliseconds": "TimeoutInMillis"}
    ),
    "aws:apigatewayv2/vpcLink:VpcLink": _API(name="CreateVpcLink"),
    "aws:apigatewayv2/domainName:DomainName": _API(
        name="CreateDomainName", members={"domainNameConfiguration": "DomainNameConfigurations"}
    ),
    "aws:apigatewayv2/apiMapping:ApiMapping": _API(name="CreateApiMapping"),
    "aws:apigatewayv2/authorizer:Authorizer": _API(name="CreateAuthorizer"),
    "aws:acm/certificate:Certificate": Operation(
        service="acm",
        name="RequestCertificate",
        members={"validationOptions": "DomainValidationOptions"},
        words={
            "domainName": Limit(
                says="the length of the domain name (technically, the Common Name) that you provide cannot exceed 64",
                found="RequestCertificate:DomainName",
                pattern=r".{1,64}",
            )
        },
    ),
    "aws:route53/zone:Zone": Operation(
        service="route53", name="CreateHostedZone", members={"comment": "HostedZoneConfig.Comment"}
    ),
    "aws:route53/record:Record": Operation(
        service="route53",
        name="ChangeResourceRecordSets",
        root="ChangeBatch.Changes.ResourceRecordSet",
        members={
            "aliases": "AliasTarget",
            "aliases.name": "DNSName",
            "aliases.zoneId": "HostedZoneId",
            "records": "ResourceRecords.Value",
            "zoneId": "ChangeResourceRecordSets:HostedZoneId",
        },
    ),
    "aws:route53/healthCheck:HealthCheck": Operation(
        service="route53",
        name="CreateHealthCheck",
        root="HealthCheckConfig",
        members={"fqdn": "FullyQualifiedDomainName", "invertHealthcheck": "Inverted"},
    ),
    "aws:wafv2/webAcl:WebAcl": _WAF(name="CreateWebACL"),
    "aws:wafv2/webAclAssociation:WebAclAssociation": _WAF(name="AssociateWebACL"),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": _WAF(
        name="PutLoggingConfiguration", root="LoggingConfiguration"
    ),
    "aws:wafv2/ipSet:IpSet": _WAF(name="CreateIPSet"),
    "aws:cloudfront/distribution:Distribution": _CDN(
        name="CreateDistribution",
        root="DistributionConfig",
        members={
            "loggingConfig": "Logging",
            "orderedCacheBehaviors": "CacheBehaviors",
            "aliases": "Aliases.Items",
            "origins": "Origins.Items",
        },
        words={
            f"origins.{config}.{prop}": Limit(
                says=_WAIT,
                found=f"{_WAITING}.{config[0].upper()}{config[1:]}.{prop[0].upper()}{prop[1:]}",
                low=1,
                high=120,
            )
            for config in ("vpcOriginConfig", "customOriginConfig")
            for prop in ("originReadTimeout", "originKeepaliveTimeout")
        },
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": _CDN(
        name="CreateOriginAccessControl", root="OriginAccessControlConfig"
    ),
    "aws:cloudfront/vpcOrigin:VpcOrigin": _CDN(name="CreateVpcOrigin"),
    "aws:cloudfront/function:Function": _CDN(
        name="CreateFunction", members={"comment": "FunctionConfig.Comment", "runtime": "FunctionConfig.Runtime"}
    ),
    "aws:cloudfront/cachePolicy:CachePolicy": _CDN(name="CreateCachePolicy", root="CachePolicyConfig"),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": _CDN(
        name="CreateResponseHeadersPolicy", root="ResponseHeadersPolicyConfig"
    ),
    "aws:amplify/app:App": _AMPLIFY(name="CreateApp"),
    "aws:amplify/branch:Branch": _AMPLIFY(name="CreateBranch"),
    "aws:amplify/domainAssociation:DomainAssociation": _AMPLIFY(
        name="CreateDomainAssociation", members={"subDomains": "subDomainSettings"}
    ),
}
