"""Encryption in transit: TLS on databases, caches, search, file systems and topics."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Switch, judge_rows, must_be, one_of, types_of
from ..model import Context, Outcome, Resource, Rule, undecided, violation
from ..types import normalise
from ..values import UNKNOWN, Node

RECENT = (
    "Policy-Min-TLS-1-2-2019-07",
    "Policy-Min-TLS-1-2-PFS-2023-10",
    "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
)
OPENSEARCH = (
    Flag("opensearch/domain", "nodeToNodeEncryption.enabled"),
    Flag("opensearch/domain", "domainEndpointOptions.enforceHttps"),
    Switch("opensearch/domain", "domainEndpointOptions.tlsSecurityPolicy", RECENT),
)
PROXY = (Flag("rds/proxy", "requireTls"),)
API_DOMAIN = (Switch("apigatewayv2/domainName", "domainNameConfiguration.securityPolicy", ("TLS_1_2", "TLS_1_3")),)

GROUPS = ("rds/parameterGroup", "rds/clusterParameterGroup")
FORCED = {
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
        yield undecided("engine cannot be told, and with it the default of transitEncryptionEnabled")
        return
    yield from must_be(node, True, engine == "valkey")
    if not ctx.at("transitEncryptionMode").absent:
        yield from one_of(ctx.at("transitEncryptionMode"), ("required",))


def _cache_login(ctx: Context) -> Iterator[Outcome]:
    names = LOGINS[normalise(ctx.resource.type)]
    nodes = [ctx.at(name) for name in names]
    either = " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    there = [node for node in nodes if not node.absent and node.value not in ("", [])]
    sure = [node for node in there if not node.unknown or ctx.stack.sources(ctx.resource, node.path, TOKENS)]
    if not there:
        yield violation(f"{either} must be set")
    elif not sure:
        yield undecided(f"whether {either} is set cannot be told")


def _forced_tls(ctx: Context) -> Iterator[Outcome]:
    """RDS: the parameter group that the database uses has to refuse plain connections."""
    engine = ctx.at("engine").text()
    if not isinstance(engine, str):
        if engine is UNKNOWN:
            yield undecided("engine cannot be told")
        return
    parameter = next((name for prefix, name in FORCED.items() if engine.startswith(prefix)), None)
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
        if len({bool(found) for found in outcomes}) == 2:
            yield undecided(f"{prop} may name one of several parameter groups")
        elif outcomes:
            yield from outcomes[0]


def _default_group(ctx: Context, engine: str, parameter: str, prop: str) -> Iterator[Outcome]:
    version = ctx.at("engineVersion").text()
    modern = _modern(engine, version)
    if modern is UNKNOWN:
        yield undecided(f"engineVersion cannot be told, and with it the default of {parameter}")
    elif not modern:
        yield violation(f"{prop} must name a parameter group with {parameter} on (the default group leaves it off)")


def _group(group: Resource, engine: str, parameter: str) -> Iterator[Outcome]:
    parameters = group.at("parameters")
    for node in parameters.items():
        name = node.at("name").text()
        if name is UNKNOWN:
            yield undecided(f"parameters of {group.name} cannot be told")
            return
        if name == parameter:
            value = node.at("value")
            if value.unknown:
                yield undecided(f"{parameter} in {group.name} cannot be told")
            elif str(value.value).removesuffix(".0").casefold() not in ON:
                yield violation(f"{parameter} must be 1 in {group.name}")
            return
    family = group.at("family").text()
    modern = _modern(engine, family if family is UNKNOWN else str(family).lstrip("abcdefghijklmnopqrstuvwxyz-"))
    if modern is UNKNOWN:
        yield undecided(f"family of {group.name} cannot be told, and with it the default of {parameter}")
    elif not modern:
        yield violation(f"{parameter} must be 1 in {group.name} (it is absent)")


def _modern(engine: str, version: object) -> object:
    """RDS for PostgreSQL forces TLS by default from version 15 on; Aurora and the others do not."""
    if version is UNKNOWN:
        return UNKNOWN if engine == "postgres" else False
    major = str(version).partition(".")[0]
    return engine == "postgres" and major.isdigit() and int(major) >= 15


def _subscription(ctx: Context) -> Iterator[Outcome]:
    protocol = ctx.at("protocol").text("")
    if protocol is UNKNOWN:
        yield undecided("protocol cannot be told")
    elif protocol == "http":
        yield violation("protocol must be https")


def _target_certificate(ctx: Context) -> Iterator[Outcome]:
    algorithm: Node = ctx.at("keyAlgorithm")
    if algorithm.text("RSA_2048") is UNKNOWN:
        yield undecided("keyAlgorithm cannot be told")
    elif algorithm.text("RSA_2048") == "RSA_1024":
        yield violation("keyAlgorithm must be RSA_2048 or stronger")


RULES = (
    Rule(
        id="rds-tls-required",
        title="Databases refuse connections without TLS",
        severity="high",
        controls=("FSBP RDS.38", "FSBP RDS.39"),
        fix="Give the database a parameter group with rds.force_ssl (or require_secure_transport) set to 1.",
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
        title="ElastiCache replication groups accept TLS only",
        severity="high",
        controls=("FSBP ElastiCache.5",),
        fix="Set transitEncryptionEnabled to true and leave transitEncryptionMode at required.",
        types=("elasticache/replicationGroup",),
        check=_cache,
    ),
    Rule(
        id="elasticache-authenticated",
        title="ElastiCache asks for a token or a user",
        severity="medium",
        controls=("FSBP ElastiCache.6",),
        fix="Set authToken from a secret, or userGroupIds; for a serverless cache userGroupId.",
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
        title="API Gateway domain names speak TLS 1.2 or newer",
        severity="medium",
        fix="Set domainNameConfiguration.securityPolicy to TLS_1_2.",
        types=types_of(API_DOMAIN),
        check=judge_rows(API_DOMAIN),
    ),
    Rule(
        id="sns-subscription-https",
        title="SNS does not deliver over plain HTTP",
        severity="medium",
        fix="Subscribe an https endpoint.",
        types=("sns/topicSubscription",),
        check=_subscription,
    ),
    Rule(
        id="certificate-key-strength",
        title="Certificates have keys of at least 2048 bits",
        severity="medium",
        controls=("FSBP ACM.2",),
        fix="Leave keyAlgorithm at RSA_2048, or choose an elliptic curve.",
        types=("acm/certificate",),
        check=_target_certificate,
    ),
)
