"""Fixtures of the rules for encryption in transit."""

from policy.guardrails import UNKNOWN
from tests.policy.support import cases, res


def database(engine, version, parameters=None, family="", kind="rds/instance"):
    prop = "parameterGroupName" if kind == "rds/instance" else "dbClusterParameterGroupName"
    group_kind = "rds/parameterGroup" if kind == "rds/instance" else "rds/clusterParameterGroup"
    if parameters is None:
        return res(kind, engine=engine, engineVersion=version)
    group = res(group_kind, "group", family=family, parameters=parameters)
    return [group, res(kind, engine=engine, engineVersion=version, deps={prop: [group]}, **{prop: UNKNOWN})]


FORCE = [{"name": "rds.force_ssl", "value": "1"}]
OFF = [{"name": "rds.force_ssl", "value": "0"}]
CASES = [
    cases(
        "rds-tls-required",
        ok=[
            database("postgres", "16"),
            database("postgres", "14", FORCE, "postgres14"),
            database("aurora-postgresql", "15.4", FORCE, "aurora-postgresql15", "rds/cluster"),
            database("mysql", "8.0", [{"name": "require_secure_transport", "value": "ON"}], "mysql8.0"),
            res("rds/instance", engine="oracle-ee"),
        ],
        bad=[
            database("postgres", "14"),
            database("postgres", "16", OFF, "postgres16"),
            database("postgres", "14", [], "postgres14"),
            database("aurora-postgresql", "15.4", kind="rds/cluster"),
            database("mysql", "8.4"),
        ],
        unknown=[
            database("postgres", UNKNOWN),
            database("postgres", "14", UNKNOWN, "postgres14"),
            res("rds/instance", engine="postgres", engineVersion="16", parameterGroupName="elsewhere"),
        ],
    ),
    cases(
        "rds-proxy-tls-required",
        ok=[res("rds/proxy", requireTls=True)],
        bad=[res("rds/proxy")],
        unknown=[res("rds/proxy", requireTls=UNKNOWN)],
    ),
    cases(
        "elasticache-encrypted-in-transit",
        ok=[res("elasticache/replicationGroup", transitEncryptionEnabled=True)],
        bad=[
            res("elasticache/replicationGroup"),
            res(
                "elasticache/replicationGroup",
                transitEncryptionEnabled=True,
                transitEncryptionMode="preferred",
            ),
        ],
        unknown=[res("elasticache/replicationGroup", transitEncryptionEnabled=UNKNOWN)],
    ),
    cases(
        "elasticache-authenticated",
        ok=[
            res("elasticache/replicationGroup", authToken="0123456789abcdef"),
            res("elasticache/replicationGroup", userGroupIds=["group"]),
            res("elasticache/serverlessCache", userGroupId="group"),
        ],
        bad=[res("elasticache/replicationGroup"), res("elasticache/serverlessCache")],
        unknown=[
            res("elasticache/replicationGroup", userGroupIds=UNKNOWN),
            res("elasticache/serverlessCache", userGroupId=UNKNOWN),
        ],
    ),
    cases(
        "opensearch-encrypted-in-transit",
        ok=[
            res(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07",
                },
            )
        ],
        bad=[
            res("opensearch/domain"),
            res(
                "opensearch/domain",
                nodeToNodeEncryption={"enabled": True},
                domainEndpointOptions={
                    "enforceHttps": True,
                    "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07",
                },
            ),
        ],
        unknown=[res("opensearch/domain", nodeToNodeEncryption={"enabled": True}, domainEndpointOptions=UNKNOWN)],
    ),
    cases(
        "api-domain-tls",
        ok=[res("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_2"})],
        bad=[res("apigatewayv2/domainName", domainNameConfiguration={"securityPolicy": "TLS_1_0"})],
        unknown=[res("apigatewayv2/domainName", domainNameConfiguration=UNKNOWN)],
    ),
    cases(
        "sns-subscription-https",
        ok=[res("sns/topicSubscription", protocol="https"), res("sns/topicSubscription", protocol="sqs")],
        bad=[res("sns/topicSubscription", protocol="http")],
        unknown=[res("sns/topicSubscription", protocol=UNKNOWN)],
    ),
    cases(
        "certificate-key-strength",
        ok=[res("acm/certificate"), res("acm/certificate", keyAlgorithm="EC_prime256v1")],
        bad=[res("acm/certificate", keyAlgorithm="RSA_1024")],
        unknown=[res("acm/certificate", keyAlgorithm=UNKNOWN)],
    ),
]
