"""Encryption in transit: TLS on databases, caches, search, file systems and topics."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Switch, judge_rows, must_be, one_of, types_of
from ..model import Context, Outcome, Rule, undecided, violation
from ..resource import Resource
from ..types import normalise
from ..values import UNKNOWN, Node

OPENSEARCH_TLS_POLICIES = (
    "Policy-Min-TLS-1-2-2019-07",
    "Policy-Min-TLS-1-2-PFS-2023-10",
    "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
)
OPENSEARCH = (
    Flag("opensearch/domain", "nodeToNodeEncryption.enabled"),
    Flag("opensearch/domain", "domainEndpointOptions.enforceHttps"),
    Switch("opensearch/domain", "domainEndpointOptions.tlsSecurityPolicy", OPENSEARCH_TLS_POLICIES),
)
PROXY = (Flag("rds/proxy", "requireTls"),)
API_DOMAIN = (Switch("apigatewayv2/domainName", "domainNameConfiguration.securityPolicy", ("TLS_1_2", "TLS_1_3")),)

GROUPS = ("rds/parameterGroup", "rds/clusterParameterGroup")
TLS_PARAMETERS = {
    "postgres": "rds.force_ssl",
    "aurora-postgresql": "rds.force_ssl",
    "sqlserver": "rds.force_ssl",
    "mysql": "require_secure_transport",
    "mariadb": "require_secure_transport",
    "aurora-mysql": "require_secure_transport",
}
ON = ("1", "on", "true")
LOGINS = {
    "elasticache/replicationGroup": ("authToken", "authTokenWo", "userGroupIds"),
    "elasticache/serverlessCache": ("userGroupId",),
}
TOKENS = (
    "random:index/randomPassword:RandomPassword",
    "secretsmanager/secretVersion",
    "elasticache/userGroup",
)


def _cache(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("transitEncryptionEnabled")
    engine = ctx.at("engine").text("redis")
    if node.absent and engine is UNKNOWN:
        yield undecided("engine, which decides the default of transitEncryptionEnabled, cannot be determined")
        return
    yield from must_be(node, True, engine == "valkey")
    if not ctx.at("transitEncryptionMode").absent:
        yield from one_of(ctx.at("transitEncryptionMode"), ("required",))


def _cache_login(ctx: Context) -> Iterator[Outcome]:
    names = LOGINS[normalise(ctx.resource.type)]
    nodes = [ctx.at(name) for name in names]
    either = " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    given = [node for node in nodes if not node.absent and node.value not in ("", [])]
    certain = [node for node in given if not node.unknown or ctx.stack.sources(ctx.resource, node.path, TOKENS)]
    if not given:
        yield violation(f"{either} must be set")
    elif not certain:
        yield undecided(f"{either} may be empty: the value is not known yet")


def _forced_tls(ctx: Context) -> Iterator[Outcome]:
    """RDS: the database's parameter group must refuse connections without TLS."""
    engine = ctx.at("engine").text()
    if not isinstance(engine, str):
        if engine is UNKNOWN:
            yield undecided("engine cannot be determined")
        return
    parameter = next((name for prefix, name in TLS_PARAMETERS.items() if engine.startswith(prefix)), None)
    replica = not ctx.at("replicateSourceDb").absent and ctx.at("parameterGroupName").absent
    if parameter is None or replica:
        return
    prop = "parameterGroupName" if "rds/instance" in ctx.resource.type else "dbClusterParameterGroupName"
    if engine.startswith("aurora") and prop == "parameterGroupName":
        return  # the cluster's group decides
    if ctx.at(prop).absent:
        yield from _default_group(ctx, engine, parameter, prop)
        return
    for ref in ctx.stack.references(ctx.resource, prop, GROUPS):
        if not ref.candidates or ref.outside:
            yield undecided(f"{prop} names a parameter group outside the stack")
        outcomes = [list(_group(group, engine, parameter)) for group in ref.candidates]
        if len({bool(group_outcomes) for group_outcomes in outcomes}) == 2:
            yield undecided(f"{prop} refers to one of several parameter groups")
        elif outcomes:
            yield from outcomes[0]


def _default_group(ctx: Context, engine: str, parameter: str, prop: str) -> Iterator[Outcome]:
    version = ctx.at("engineVersion").text()
    on_by_default = _tls_by_default(engine, version)
    if on_by_default is UNKNOWN:
        yield undecided(f"engineVersion, which decides the default of {parameter}, cannot be determined")
    elif not on_by_default:
        yield violation(
            f"{prop} must name a parameter group that sets {parameter} to 1 (it is off in the default group)"
        )


def _group(group: Resource, engine: str, parameter: str) -> Iterator[Outcome]:
    parameters = group.at("parameters")
    for node in parameters.items():
        name = node.at("name").text()
        if name is UNKNOWN:
            yield undecided(f"parameters of {group.name} cannot be determined")
            return
        if name == parameter:
            value = node.at("value")
            if value.unknown:
                yield undecided(f"{parameter} in {group.name} cannot be determined")
            elif str(value.value).removesuffix(".0").casefold() not in ON:
                yield violation(f"{parameter} must be 1 in {group.name}")
            return
    family = group.at("family").text()
    on_by_default = _tls_by_default(
        engine, family if family is UNKNOWN else str(family).lstrip("abcdefghijklmnopqrstuvwxyz-")
    )
    if on_by_default is UNKNOWN:
        yield undecided(f"family of {group.name}, which decides the default of {parameter}, cannot be determined")
    elif not on_by_default:
        yield violation(f"{parameter} must be 1 in {group.name} (it is absent)")


def _tls_by_default(engine: str, version: object) -> object:
    """RDS for PostgreSQL requires TLS by default since version 15; Aurora and other engines do not."""
    if version is UNKNOWN:
        return UNKNOWN if engine == "postgres" else False
    major = str(version).partition(".")[0]
    return engine == "postgres" and major.isdigit() and int(major) >= 15


def _subscription(ctx: Context) -> Iterator[Outcome]:
    protocol = ctx.at("protocol").text("")
    if protocol is UNKNOWN:
        yield undecided("protocol cannot be determined")
    elif protocol == "http":
        yield violation("protocol must be https")


def _certificate(ctx: Context) -> Iterator[Outcome]:
    algorithm: Node = ctx.at("keyAlgorithm")
    if algorithm.text("RSA_2048") is UNKNOWN:
        yield undecided("keyAlgorithm cannot be determined")
    elif algorithm.text("RSA_2048") == "RSA_1024":
        yield violation("keyAlgorithm must be RSA_2048 or stronger")


RULES = (
    Rule(
        id="rds-tls-required",
        title="Databases refuse connections without TLS",
        severity="high",
        controls=("FSBP RDS.38", "FSBP RDS.39"),
        fix="Use a parameter group with rds.force_ssl (or require_secure_transport) set to 1.",
        types=("rds/instance", "rds/cluster"),
        check=_forced_tls,
        graph=True,
    ),
    Rule(
        id="rds-proxy-tls-required",
        title="RDS proxies require TLS",
        severity="high",
        fix="Set requireTls to true.",
        types=types_of(PROXY),
        check=judge_rows(PROXY),
    ),
    Rule(
        id="elasticache-encrypted-in-transit",
        title="ElastiCache replication groups require TLS",
        severity="high",
        controls=("FSBP ElastiCache.5",),
        fix="Set transitEncryptionEnabled to true and transitEncryptionMode to required.",
        types=("elasticache/replicationGroup",),
        check=_cache,
    ),
    Rule(
        id="elasticache-authenticated",
        title="ElastiCache requires an auth token or a user",
        severity="medium",
        controls=("FSBP ElastiCache.6",),
        fix="Set authToken from a secret, or userGroupIds; for a serverless cache, set userGroupId.",
        types=tuple(LOGINS),
        check=_cache_login,
        graph=True,
        baseline="disabled",
        strict="advisory",
    ),
    Rule(
        id="opensearch-encrypted-in-transit",
        title="OpenSearch domains enforce HTTPS with TLS 1.2 and encrypt between nodes",
        severity="high",
        controls=("FSBP OpenSearch.3", "FSBP OpenSearch.8", "FSBP ES.3", "FSBP ES.8"),
        fix="Set nodeToNodeEncryption.enabled, enforceHttps and a TLS 1.2 security policy.",
        types=types_of(OPENSEARCH),
        check=judge_rows(OPENSEARCH),
    ),
    Rule(
        id="api-domain-tls",
        title="API Gateway domain names require TLS 1.2 or newer",
        severity="medium",
        fix="Set domainNameConfiguration.securityPolicy to TLS_1_2.",
        types=types_of(API_DOMAIN),
        check=judge_rows(API_DOMAIN),
    ),
    Rule(
        id="sns-subscription-https",
        title="SNS does not deliver over plain HTTP",
        severity="medium",
        fix="Use an https endpoint for the subscription.",
        types=("sns/topicSubscription",),
        check=_subscription,
    ),
    Rule(
        id="certificate-key-strength",
        title="Certificates have keys of at least 2048 bits",
        severity="medium",
        controls=("FSBP ACM.2",),
        fix="Set keyAlgorithm to RSA_2048 or an elliptic curve.",
        types=("acm/certificate",),
        check=_certificate,
    ),
)
