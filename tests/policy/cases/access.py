"""Fixtures of IAM, resource-policy and secret rules."""

import base64
import json

from policy.guardrails import UNKNOWN
from tests.policy.support import R, allow, cases, containers, document

OWN = R("iam/policy", "own", policy="{}")
TABLE = R("dynamodb/table", "table")
SOURCE = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
EVERYBODY = document(allow("sqs:SendMessage", Principal="*"))
NARROWED = document(allow("sqs:SendMessage", Principal="*", Condition=SOURCE))
IAM_TYPES = ("iam/policy", "iam/rolePolicy", "iam/userPolicy", "iam/groupPolicy")


def iam_cases(rule, good, wrong):
    bad = [R(kind, policy=document(wrong)) for kind in IAM_TYPES]
    bad.append(R("iam/role", inlinePolicies=[{"name": "x", "policy": document(wrong)}]))
    bad.append(R("ssoadmin/permissionSetInlinePolicy", inlinePolicy=document(wrong)))
    bad.append(R("iam/policy", policy=json.loads(document(wrong))))
    return cases(
        rule,
        ok=[R("iam/policy", policy=document(item)) for item in good],
        bad=bad,
        unknown=[
            R("iam/policy", policy=UNKNOWN),
            R("iam/policy", policy="not json"),
            R("iam/policy", policy={"Statement": [{**good[0], "Resource": [UNKNOWN]}]}),
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
            R("sqs/queuePolicy", policy=NARROWED),
            R("sqs/queuePolicy", policy=NAMED),
            R("kms/key"),
            R("s3/bucketPolicy", policy=document({"Effect": "Deny", "Principal": "*", "Action": "s3:*"})),
            R("lambda/permission", principal="apigateway.amazonaws.com"),
            R("lambda/permission", principal="*", sourceArn="arn:aws:s3:::mine"),
            R(
                "opensearch/domain",
                accessPolicies=document(allow("es:*", Principal="*")),
                vpcOptions={"subnetIds": ["subnet-1"]},
                advancedSecurityOptions={"enabled": True},
            ),
        ],
        bad=[
            *(R(kind, policy=EVERYBODY) for kind in DOCUMENTS),
            R("opensearch/domain", accessPolicies=EVERYBODY),
            R("opensearch/domainPolicy", accessPolicies=EVERYBODY),
            R("cloudwatch/logResourcePolicy", policyDocument=EVERYBODY),
            R("sqs/queuePolicy", policy=document(allow("sqs:*", NotPrincipal={"AWS": "111122223333"}))),
            R(
                "sqs/queuePolicy",
                policy=document(
                    allow("sqs:*", Principal={"AWS": ["*"]}, Condition={"StringLike": {"aws:SourceArn": "*"}})
                ),
            ),
            R("lambda/permission", principal="*"),
        ],
        unknown=[R("sqs/queuePolicy", policy=UNKNOWN), R("lambda/permission", principal=UNKNOWN)],
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
            allow(
                "kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
            ),
        ],
        allow(["iam:PassRole"]),
    ),
    cases(
        "iam-no-administrator-attached",
        ok=[
            R("iam/rolePolicyAttachment", policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
            R("iam/role", managedPolicyArns=["arn:aws:iam::111122223333:policy/AdministratorAccess"]),
            [OWN, R("iam/rolePolicyAttachment", policyArn=UNKNOWN, deps={"policyArn": [OWN]})],
        ],
        bad=[
            R(kind, policyArn="arn:aws:iam::aws:policy/AdministratorAccess")
            for kind in (
                "iam/rolePolicyAttachment",
                "iam/userPolicyAttachment",
                "iam/groupPolicyAttachment",
                "iam/policyAttachment",
            )
        ]
        + [R("iam/role", managedPolicyArns=["arn:aws-us-gov:iam::aws:policy/IAMFullAccess"])],
        unknown=[R("iam/rolePolicyAttachment", policyArn=UNKNOWN)],
    ),
    cases(
        "iam-trust-narrow",
        ok=[
            R("iam/role", assumeRolePolicy=trust({"Service": "ecs-tasks.amazonaws.com"})),
            R(
                "iam/role",
                assumeRolePolicy=trust(GITHUB, Condition={"StringLike": {SUBJECT: "repo:org/app:*"}}),
            ),
        ],
        bad=[
            R("iam/role", assumeRolePolicy=trust("*")),
            R("iam/role", assumeRolePolicy=trust({"AWS": "*"})),
            R("iam/role", assumeRolePolicy=trust(GITHUB)),
            R("iam/role", assumeRolePolicy=trust(GITHUB, Condition={"StringLike": {SUBJECT: "repo:*"}})),
        ],
        unknown=[R("iam/role", assumeRolePolicy=UNKNOWN)],
    ),
    cases(
        "iam-no-user-keys",
        ok=[R("iam/accessKey", status="Inactive")],
        bad=[R("iam/accessKey", user="ci")],
        unknown=[R("iam/accessKey", status=UNKNOWN)],
    ),
    cases(
        "iam-no-user-policies",
        ok=[R("iam/rolePolicy", role="r")],
        bad=[R("iam/userPolicy", user="u"), R("iam/userPolicyAttachment", user=UNKNOWN)],
        unknown_never="attaching to a user is the violation, whichever user it is",
    ),
    cases(
        "no-secrets-in-environment",
        ok=[
            R(
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
            R("lambda/function", environment={"variables": {"SECRET_ARN": "arn:aws:secretsmanager:x"}}),
            [
                TABLE,
                R(
                    "lambda/function",
                    environment={"variables": {"TABLE": UNKNOWN}},
                    deps={"environment": [TABLE]},
                ),
            ],
            R("amplify/app", environmentVariables={"VITE_API": "https://api.example.com"}),
        ],
        bad=[
            R(
                "ecs/taskDefinition",
                containerDefinitions=containers(
                    {"environment": [{"name": "DB_PASSWORD", "value": "hunter22"}]}
                ),
            ),
            R(
                "ecs/taskDefinition",
                containerDefinitions=containers({"environment": [{"name": "DATABASE_URL", "value": URL}]}),
            ),
            R("lambda/function", environment={"variables": {"STRIPE_API_KEY": "abc-def-ghi"}}),
            R("lambda/function", environment={"variables": {"API_TOKEN": UNKNOWN}}),
            R("amplify/app", environmentVariables={"GITHUB_TOKEN": "abcdef-123"}),
            R("amplify/branch", environmentVariables={"X": KEY_ID}),
        ],
        unknown=[
            R("ecs/taskDefinition", containerDefinitions=UNKNOWN),
            R("ecs/taskDefinition", containerDefinitions="{"),
            R("lambda/function", environment={"variables": {"ENDPOINT": UNKNOWN}}),
            R("amplify/app", environmentVariables=UNKNOWN),
        ],
    ),
    cases(
        "parameter-secure-string",
        ok=[
            R("ssm/parameter", name="/shop/db/password", type="SecureString"),
            R("ssm/parameter", name="/shop/db/endpoint", type="String", value="db.internal"),
            [
                TABLE,
                R("ssm/parameter", name="/shop/table", type="String", value=UNKNOWN, deps={"value": [TABLE]}),
            ],
        ],
        bad=[
            R("ssm/parameter", name="/shop/db/password", type="String", value="x"),
            R("ssm/parameter", name="/shop/db/url", type="String", value=URL),
        ],
        unknown=[
            R("ssm/parameter", name="/shop/db/password", type=UNKNOWN),
            R("ssm/parameter", name="/shop/url", type="String", value=UNKNOWN),
        ],
    ),
    cases(
        "no-secrets-in-user-data",
        ok=[R("ec2/instance", userData="#!/bin/sh\necho hello"), R("ec2/launchTemplate")],
        bad=[
            R("ec2/instance", userData=SCRIPT),
            R("ec2/launchTemplate", userData=base64.b64encode(SCRIPT.encode()).decode()),
        ],
        unknown=[R("ec2/instance", userData=UNKNOWN)],
    ),
    cases(
        "database-password-managed",
        ok=[R("rds/instance", manageMasterUserPassword=True), R("rds/cluster", masterPasswordWo="x")],
        bad=[R("rds/instance", password=UNKNOWN), R("rds/cluster", masterPassword="x")],
        unknown_never="setting the property at all is the violation, whatever its value",
    ),
]
