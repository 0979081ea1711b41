"""Roles, policies, keys, user pools."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_IAM = partial(Operation, service="iam")
_KMS = partial(Operation, service="kms")
_COGNITO = partial(Operation, service="cognito-idp")

OPERATIONS = {
    "aws:iam/role:Role": _IAM(name="CreateRole", members={"assumeRolePolicy": "AssumeRolePolicyDocument"}),
    "aws:iam/rolePolicy:RolePolicy": _IAM(
        name="PutRolePolicy", members={"role": "RoleName", "name": "PolicyName", "policy": "PolicyDocument"}
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _IAM(name="AttachRolePolicy", members={"role": "RoleName"}),
    "aws:iam/policy:Policy": _IAM(name="CreatePolicy", members={"policy": "PolicyDocument"}),
    "aws:iam/instanceProfile:InstanceProfile": _IAM(
        name="CreateInstanceProfile", members={"role": "AddRoleToInstanceProfile:RoleName"}
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _IAM(name="CreateOpenIDConnectProvider"),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": _IAM(name="CreateServiceLinkedRole"),
    "aws:kms/key:Key": _KMS(
        name="CreateKey",
        members={
            "deletionWindowInDays": "ScheduleKeyDeletion:PendingWindowInDays",
            "rotationPeriodInDays": "EnableKeyRotation:RotationPeriodInDays",
        },
        words={
            "deletionWindowInDays": Limit(
                says="it must be between 7 and 30, inclusive",
                found="ScheduleKeyDeletion:PendingWindowInDays",
                low=7,
                high=30,
            )
        },
    ),
    "aws:kms/alias:Alias": _KMS(
        name="CreateAlias",
        words={
            "name": Limit(
                says="This value must begin with alias/ followed by a name",
                found="CreateAlias:AliasName",
                pattern=r"alias/(?!aws/)[a-zA-Z0-9/_-]+",
            )
        },
    ),
    "aws:cognito/userPool:UserPool": _COGNITO(
        name="CreateUserPool", members={"name": "PoolName", "passwordPolicy": "Policies.PasswordPolicy"}
    ),
    "aws:cognito/userPoolClient:UserPoolClient": _COGNITO(name="CreateUserPoolClient", members={"name": "ClientName"}),
    "aws:cognito/userPoolDomain:UserPoolDomain": _COGNITO(
        name="CreateUserPoolDomain", members={"certificateArn": "CustomDomainConfig.CertificateArn"}
    ),
    "aws:cognito/resourceServer:ResourceServer": _COGNITO(name="CreateResourceServer"),
    "aws:cognito/userGroup:UserGroup": _COGNITO(name="CreateGroup", members={"name": "GroupName"}),
}
