"""The secret of a database's master user that RDS keeps: its rotation, and how services sign in beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.data.postgres_credentials import Credentials, IamAuthToken, ManagedPassword, Server
from settings import data

__all__ = ["master_secret_arn", "master_secret_credentials"]


def master_secret_credentials(
    owner: Component,
    settings: data.Postgres,
    instance: aws.rds.Instance,
    server: Server,
    key_arn: pulumi.Input[str],
) -> Credentials:
    """The master user's password, or tokens of the IAM user; the secret's rotation is a child of `owner`."""
    secret_arn = instance.master_user_secrets.apply(master_secret_arn)
    aws.secretsmanager.SecretRotation(
        owner.child_name("rotation"),
        secret_id=secret_arn,
        # An immediate rotation would lock out services that start with the first password; RDS's default is 7 days.
        rotate_immediately=False,
        rotation_rules=aws.secretsmanager.SecretRotationRotationRulesArgs(
            automatically_after_days=settings.rotation_days
        ),
        opts=owner.child_opts(),
    )
    if settings.credentials == "managed":
        return ManagedPassword(server=server, secret_arn=secret_arn, key_arn=key_arn)
    user = f"{settings.username}_iam"
    user_arn = pulumi.Output.all(instance.arn, instance.resource_id).apply(
        lambda parts: f"{parts[0].rpartition(':db:')[0].replace(':rds:', ':rds-db:')}:dbuser:{parts[1]}/{user}"
    )
    return IamAuthToken(server=server, user=user, user_arn=user_arn)


def master_secret_arn(secrets: Sequence[Any]) -> pulumi.Input[str]:
    """The ARN of the secret that RDS keeps, from the instance's `master_user_secrets`."""
    if secrets:
        return secrets[0].secret_arn
    if pulumi.runtime.is_dry_run():  # an existing database that switches to managed credentials has none yet
        return cast("pulumi.Output[str]", pulumi.Output.from_input(pulumi.UNKNOWN))
    raise pulumi.RunError("RDS has not created the database's secret yet; run `pulumi up` again")
