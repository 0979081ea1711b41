"""Fixtures of IAM, resource-policy and secret rules."""

import base64
import json

from policy.guardrails import UNKNOWN
from tests.policy.support import allow, cases, containers, document, res

OWN = res("iam/policy", "own", policy="{}")
TABLE = res("dynamodb/table", "table")
SOURCE = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
EVERYBODY = document(allow("sqs:SendMessage", Principal="*"))
NARROWED = document(allow("sqs:SendMessage", Principal="*", Condition=SOURCE))
IAM_TYPES = ("iam/policy", "iam/rolePolicy", "iam/userPolicy", "iam/groupPolicy")


def iam_cases(rule, good, wrong):
    bad = [res(kind, policy=document(wrong)) for kind in IAM_TYPES]
    bad.append(res("iam/role", inlinePolicies=[{"name": "x", "policy": document(wrong)}]))
    bad.append(res("ssoadmin/permissionSetInlinePolicy", inlinePolicy=document(wrong)))
    bad.append(res("iam/policy", policy=json.loads(document(wrong))))
    return cases(
        rule,
        ok=[res("iam/policy", policy=document(item)) for item in good],
        bad=bad,
        unknown=[
            res("iam/policy", policy=UNKNOWN),
            res("iam/policy", policy="not json"),
            res("iam/policy", policy={"Statement": [{**good[0], "Resource": [UNKNOWN]}]}),
        ],
    )


def trust(principal, **more):
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


GITHUB = {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}
SUBJECT = "token.actions.githubusercontent.com:sub"
NAMED = document(allow("sqs:SendMessage", Principal={"AWS": "arn:aws:iam::111122223333:root"}))
DOCUMENTS = (
    "s3/bucketPolicy",
    "s3/bucket",
    "s3/vectorsVectorBucketPolicy",
    "sqs/queuePolicy",
    "sqs/queue",
    "sns/topicPolicy",
    "sns/topic",
    "ecr/repositoryPolicy",
    "kms/key",
    "kms/keyPolicy",
    "secretsmanager/secretPolicy",
    "secretsmanager/secret",
    "efs/fileSystemPolicy",
    "backup/vaultPolicy",
    "cloudwatch/eventBusPolicy",
)
KEY_ID = "AKIA" + "IOSFODNN7EXAMPLE"
URL = "postgresql://app:hunter22@db.internal/app"
SCRIPT = f"#!/bin/sh\nexport AWS_ACCESS_KEY_ID={KEY_ID}\n"

CASES = [
    cases(
        "no-wildcard-principal",
        ok=[
            res("sqs/queuePolicy", policy=NARROWED),
            res("sqs/queuePolicy", policy=NAMED),
            res("kms/key"),
            res("s3/bucketPolicy", policy=document({"Effect": "Deny", "Principal": "*", "Action": "s3:*"})),
            res("lambda/permission", principal="apigateway.amazonaws.com"),
            res("lambda/permission", principal="*", sourceArn="arn:aws:s3:::mine"),
            res(
                "opensearch/domain",
                accessPolicies=document(allow("es:*", Principal="*")),
                vpcOptions={"subnetIds": ["subnet-1"]},
                advancedSecurityOptions={"enabled": True},
            ),
        ],
        bad=[
            *(res(kind, policy=EVERYBODY) for kind in DOCUMENTS),
            res("opensearch/domain", accessPolicies=EVERYBODY),
            res("opensearch/domainPolicy", accessPolicies=EVERYBODY),
            res("cloudwatch/logResourcePolicy", policyDocument=EVERYBODY),
            res("sqs/queuePolicy", policy=document(allow("sqs:*", NotPrincipal={"AWS": "111122223333"}))),
            res(
                "sqs/queuePolicy",
                policy=document(
                    allow("sqs:*", Principal={"AWS": ["*"]}, Condition={"StringLike": {"aws:SourceArn": "*"}})
                ),
            ),
            res("lambda/permission", principal="*"),
        ],
        unknown=[res("sqs/queuePolicy", policy=UNKNOWN), res("lambda/permission", principal=UNKNOWN)],
    ),
    iam_cases(
        "iam-no-administrator",
        [allow("s3:GetObject", "arn:aws:s3:::mine/*"), {**allow("*"), "Effect": "Deny"}],
        allow("*"),
    ),
    iam_cases(
        "iam-no-service-wildcard",
        [allow("s3:*", "arn:aws:s3:::mine/*"), allow("s3:List*")],
        allow(["logs:PutLogEvents", "s3:*"]),
    ),
    iam_cases(
        "iam-sensitive-actions-scoped",
        [
            allow("iam:PassRole", "arn:aws:iam::111122223333:role/task"),
            allow("kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}),
        ],
        allow(["logs:*", "secretsmanager:Get*"]),
    ),
    cases(
        "iam-no-administrator-attached",
        ok=[
            res("iam/rolePolicyAttachment", policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
            res("iam/role", managedPolicyArns=["arn:aws:iam::111122223333:policy/AdministratorAccess"]),
            [OWN, res("iam/rolePolicyAttachment", policyArn=UNKNOWN, deps={"policyArn": [OWN]})],
        ],
        bad=[
            res(kind, policyArn="arn:aws:iam::aws:policy/AdministratorAccess")
            for kind in (
                "iam/rolePolicyAttachment",
                "iam/userPolicyAttachment",
                "iam/groupPolicyAttachment",
                "iam/policyAttachment",
            )
        ]
        + [res("iam/role", managedPolicyArns=["arn:aws-us-gov:iam::aws:policy/IAMFullAccess"])],
        unknown=[res("iam/rolePolicyAttachment", policyArn=UNKNOWN)],
    ),
    cases(
        "iam-trust-narrow",
        ok=[
            res("iam/role", assumeRolePolicy=trust({"Service": "ecs-tasks.amazonaws.com"})),
            res(
                "iam/role",
                assumeRolePolicy=trust(GITHUB, Condition={"StringLike": {SUBJECT: "repo:org/app:*"}}),
            ),
        ],
        bad=[
            res("iam/role", assumeRolePolicy=trust("*")),
            res("iam/role", assumeRolePolicy=trust({"AWS": "*"})),
            res("iam/role", assumeRolePolicy=trust(GITHUB)),
            res("iam/role", assumeRolePolicy=trust(GITHUB, Condition={"StringLike": {SUBJECT: "repo:*"}})),
        ],
        unknown=[res("iam/role", assumeRolePolicy=UNKNOWN)],
    ),
    cases(
        "iam-no-user-keys",
        ok=[res("iam/accessKey", status="Inactive")],
        bad=[res("iam/accessKey", user="ci")],
        unknown=[res("iam/accessKey", status=UNKNOWN)],
    ),
    cases(
        "iam-no-user-policies",
        ok=[res("iam/rolePolicy", role="r")],
        bad=[res("iam/userPolicy", user="u"), res("iam/userPolicyAttachment", user=UNKNOWN)],
        unknown_never="attaching to a user is the violation, whichever user it is",
    ),
    cases(
        "no-secrets-in-environment",
        ok=[
            res(
                "ecs/taskDefinition",
                containerDefinitions=containers(
                    {
                        "environment": [
                            {"name": "DATABASE_URL", "value": "postgresql://db.internal/app?sslmode=require"},
                            {"name": "DB_PASSWORD_FILE", "value": "/run/secrets/db"},
                            {"name": "TOKEN_URL", "value": "https://auth.example.com/token"},
                            {"name": "USE_PASSWORD", "value": "true"},
                        ],
                        "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:x"}],
                    }
                ),
            ),
            res("lambda/function", environment={"variables": {"SECRET_ARN": "arn:aws:secretsmanager:x"}}),
            [
                TABLE,
                res(
                    "lambda/function",
                    environment={"variables": {"TABLE": UNKNOWN}},
                    deps={"environment": [TABLE]},
                ),
            ],
            res("amplify/app", environmentVariables={"VITE_API": "https://api.example.com"}),
        ],
        bad=[
            res(
                "ecs/taskDefinition",
                containerDefinitions=containers({"environment": [{"name": "DB_PASSWORD", "value": "hunter22"}]}),
            ),
            res(
                "ecs/taskDefinition",
                containerDefinitions=containers({"environment": [{"name": "DATABASE_URL", "value": URL}]}),
            ),
            res("lambda/function", environment={"variables": {"STRIPE_API_KEY": "abc-def-ghi"}}),
            res("lambda/function", environment={"variables": {"API_TOKEN": UNKNOWN}}),
            res("amplify/app", environmentVariables={"GITHUB_TOKEN": "abcdef-123"}),
            res("amplify/branch", environmentVariables={"X": KEY_ID}),
        ],
        unknown=[
            res("ecs/taskDefinition", containerDefinitions=UNKNOWN),
            res("ecs/taskDefinition", containerDefinitions="{"),
            res("lambda/function", environment={"variables": {"ENDPOINT": UNKNOWN}}),
            res("amplify/app", environmentVariables=UNKNOWN),
        ],
    ),
    cases(
        "parameter-secure-string",
        ok=[
            res("ssm/parameter", name="/shop/db/password", type="SecureString"),
            res("ssm/parameter", name="/shop/db/endpoint", type="String", value="db.internal"),
            [
                TABLE,
                res("ssm/parameter", name="/shop/table", type="String", value=UNKNOWN, deps={"value": [TABLE]}),
            ],
        ],
        bad=[
            res("ssm/parameter", name="/shop/db/password", type="String", value="x"),
            res("ssm/parameter", name="/shop/db/url", type="String", value=URL),
        ],
        unknown=[
            res("ssm/parameter", name="/shop/db/password", type=UNKNOWN),
            res("ssm/parameter", name="/shop/url", type="String", value=UNKNOWN),
        ],
    ),
    cases(
        "no-secrets-in-user-data",
        ok=[res("ec2/instance", userData="#!/bin/sh\necho hello"), res("ec2/launchTemplate")],
        bad=[
            res("ec2/instance", userData=SCRIPT),
            res("ec2/launchTemplate", userData=base64.b64encode(SCRIPT.encode()).decode()),
        ],
        unknown=[res("ec2/instance", userData=UNKNOWN)],
    ),
    cases(
        "database-password-managed",
        ok=[res("rds/instance", manageMasterUserPassword=True), res("rds/cluster", masterPasswordWo="x")],
        bad=[res("rds/instance", password=UNKNOWN), res("rds/cluster", masterPassword="x")],
        unknown_never="setting the property at all is the violation, whatever its value",
    ),
]
