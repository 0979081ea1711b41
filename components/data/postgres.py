"""PostgreSQL on RDS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.final_snapshot import final_snapshot_name
from components.data.generated_password import generated_password
from components.data.postgres_arguments import (
    CREATION_ONLY,
    EXTENDED_SUPPORT,
    NO_EXTENDED_SUPPORT,
    deletion_arguments,
    insights_arguments,
    password_arguments,
    source_arguments,
    storage_arguments,
)
from components.data.postgres_credentials import GeneratedUrl, Server, prepared_urls
from components.data.postgres_enhanced_monitoring import enhanced_monitoring
from components.data.postgres_master_secret import master_secret_arn, master_secret_credentials
from components.data.postgres_monitoring import PostgresMonitoring, postgres_metrics
from components.data.postgres_parameters import parameters
from components.data.slow_statements import SlowStatements, SlowStatementsArgs
from components.data.url_secret import UrlSecret, UrlSecretArgs
from components.values import Injection, Metric, Peer
from settings import data
from settings.compute.connects_to import Connect

__all__ = ["Postgres", "PostgresArgs"]

PORT = 5432
_LOGS = ("postgresql", "upgrade")
_PASSWORD_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresArgs:
    """Arguments of `Postgres`."""

    settings: data.Postgres
    """What the stack's settings say about it."""
    identifier: str
    """Its name in AWS; plain text, because its log groups are created before it."""
    vpc_id: pulumi.Input[str]
    """The network."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets in at least two zones, which RDS requires of a single-zone database, too."""
    key_arn: pulumi.Input[str]
    """The key that encrypts storage, snapshots, secrets, logs and Performance Insights; retain it when `protect`."""
    protect: bool
    """Refuse deletion, keep automated backups, take a final snapshot; unless `settings.apply` says otherwise, apply
    changes in the maintenance window."""
    log_retention_days: int
    """Days that its logs are kept."""
    account: Account
    """The account, its region and partition."""
    monitoring_interval_s: int = 0
    """Seconds between two measurements of Enhanced Monitoring; 0 is off."""
    slow_statements_namespace: str | None = None
    """With it, the duration of each slow statement is a metric in this CloudWatch namespace."""
    connections: Sequence[Connect] = ()
    """The connections of services and tasks; with generated credentials the secret holds their URLs."""


class Postgres(Component):
    """A PostgreSQL instance; see `settings.data.postgres.Postgres` for what it costs.

    Creates: subnet group, security group, parameter group, log groups, the instance; when protected, the unique name
    of its final snapshot; for `managed` and `iam` the rotation schedule of the secret that RDS keeps; for `generated`
    the password and the secret with the URLs; by setting the metric filter of slow statements, and the role of Enhanced
    Monitoring.
    Guarantees: encrypted with the given key (a restored one with its source's), not public, TLS enforced; nothing
    reaches it without a `Connection`; AWS chooses the minor version; its logs are encrypted and expire after
    `log_retention_days`; no password in plain text anywhere, and with `managed` and `iam` none in state; a changed
    `restore_from` replaces nothing; a removed one does where the source has another key, unless protected.
    Errors: ValueError with fewer than two subnets, or where it would be restored from itself.

    With `iam`, services sign in as `<username>_iam`, which the master user creates once in SQL (`GRANT rds_iam TO …`).
    """

    def __init__(self, name: str, args: PostgresArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if len(args.subnet_ids) < 2:
            raise ValueError(f"the database {name} has {len(args.subnet_ids)} subnet; RDS needs two, in two zones")
        source = args.settings.restore_from
        if source is not None and source.point_in_time and source.point_in_time.source == args.identifier:
            raise ValueError(f"{args.identifier} cannot be restored from itself; give the restored database a new name")
        super().__init__("data", name, opts)
        settings = args.settings
        security_group = aws.ec2.SecurityGroup(
            self.child_name("access"),
            description="PostgreSQL",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            opts=self.child_opts(),
        )
        password = (
            generated_password(self, "password", _PASSWORD_LENGTH) if settings.credentials == "generated" else None
        )
        instance = self._instance(args, security_group.id, password)
        server = Server(address=instance.address, port=PORT, database=settings.database)
        self._credentials = (
            master_secret_credentials(self, settings, instance, server, args.key_arn)
            if password is None
            else self._url_secret(args, server, password)
        )
        self.peer = Peer(name=name, security_group_id=security_group.id, port=PORT)
        self.arn = instance.arn
        self.address = instance.address
        self.host_port = pulumi.Output.concat(instance.address, f":{PORT}")
        self.identifier = instance.identifier
        self.secret_arn = self._credentials.secret_arn
        # The secret that RDS keeps and rotates, also where no service reads it.
        self.rotated_secret_arn = instance.master_user_secrets.apply(master_secret_arn) if password is None else None
        self.metrics = postgres_metrics(args.identifier)
        self.monitoring = PostgresMonitoring(
            name=name,
            metrics=self.metrics,
            performance_insights=settings.performance_insights,
            storage_gb=settings.storage_gb,
            slow_statements=self._slow_statements(args),
        )
        self.done(address=self.address, identifier=self.identifier)

    def _slow_statements(self, args: PostgresArgs) -> Metric | None:
        if args.slow_statements_namespace is None:
            return None
        slow_statements = SlowStatementsArgs(
            database=self._base_name, log_group_name=self.log_group_name, namespace=args.slow_statements_namespace
        )
        return SlowStatements(self.child_name("slow-statements"), slow_statements, self.child_opts()).metric

    def injection(self, connect: Connect) -> Injection:
        """The environment of a container that connects, and the permissions that it needs."""
        return self._credentials.injection(connect)

    def _instance(
        self, args: PostgresArgs, security_group_id: pulumi.Output[str], password: pulumi.Output[str] | None
    ) -> aws.rds.Instance:
        settings = args.settings
        logs = self._log_groups(args)
        monitoring = enhanced_monitoring(
            self, database=args.identifier, interval_s=args.monitoring_interval_s, account=args.account
        )
        self.log_group_name = logs["postgresql"].name
        return aws.rds.Instance(
            self.child_name(),
            identifier=args.identifier,
            engine="postgres",
            engine_version=settings.version,
            engine_lifecycle_support=EXTENDED_SUPPORT if settings.extended_support else NO_EXTENDED_SUPPORT,
            auto_minor_version_upgrade=True,
            allow_major_version_upgrade=True,  # the setting names the major version, so a change of it is intended
            instance_class=settings.instance,
            multi_az=settings.multi_az,
            **storage_arguments(settings),
            storage_encrypted=True,
            **source_arguments(settings, args.key_arn),
            port=PORT,
            publicly_accessible=False,
            db_subnet_group_name=self._subnet_group(args).name,
            vpc_security_group_ids=[security_group_id],
            parameter_group_name=self._parameter_group(args).name,
            ca_cert_identifier="rds-ca-rsa2048-g1",
            iam_database_authentication_enabled=settings.credentials == "iam",
            backup_retention_period=settings.backup_days,
            backup_window=settings.backup_window,
            maintenance_window=settings.maintenance_window,
            copy_tags_to_snapshot=True,
            enabled_cloudwatch_logs_exports=list(_LOGS),
            apply_immediately=settings.applies_now(protect=args.protect),
            **password_arguments(password, args.key_arn),
            **insights_arguments(settings.performance_insights, args.key_arn),
            **monitoring.arguments,
            **deletion_arguments(self._final_snapshot(args) if args.protect else None),
            opts=self.child_opts(
                depends_on=[*logs.values(), *monitoring.dependencies],
                protect=args.protect,
                delete_before_replace=True,
                ignore_changes=list(CREATION_ONLY),
                # The provider's timeout is 40 minutes; a large snapshot takes longer.
                custom_timeouts=pulumi.CustomTimeouts(create="4h") if settings.restore_from else None,
            ),
        )

    def _subnet_group(self, args: PostgresArgs) -> aws.rds.SubnetGroup:
        return aws.rds.SubnetGroup(
            self.child_name("subnets"),
            description="Subnets of the database",
            subnet_ids=list(args.subnet_ids),
            opts=self.child_opts(),
        )

    def _parameter_group(self, args: PostgresArgs) -> aws.rds.ParameterGroup:
        # Auto-named: a new major version needs its group before the old one is deleted.
        return aws.rds.ParameterGroup(
            self.child_name("parameters"),
            description="Parameters of the database",
            family=f"postgres{args.settings.version}",
            parameters=parameters(args.settings),
            # An instance that is upgraded in its maintenance window uses the old group until then; deleting that group
            # would fail the update.
            opts=self.child_opts(retain_on_delete=args.protect or not args.settings.applies_now(protect=args.protect)),
        )

    def _log_groups(self, args: PostgresArgs) -> dict[str, aws.cloudwatch.LogGroup]:
        # RDS would create them itself, without retention and key.
        return {
            log: aws.cloudwatch.LogGroup(
                self.child_name(f"log-{log}"),
                name=f"/aws/rds/instance/{args.identifier}/{log}",
                retention_in_days=args.log_retention_days,
                kms_key_id=args.key_arn,
                opts=self.child_opts(),
            )
            for log in _LOGS
        }

    def _final_snapshot(self, args: PostgresArgs) -> pulumi.Output[str]:
        return final_snapshot_name(
            self,
            args.identifier,
            database=args.settings.database,
            username=args.settings.username,
            key=args.key_arn,
        )

    def _url_secret(self, args: PostgresArgs, server: Server, password: pulumi.Output[str]) -> GeneratedUrl:
        urls = prepared_urls(args.connections)
        secret = UrlSecret(
            self.child_name("url"),
            UrlSecretArgs(
                description=f"How to connect to the database {args.identifier}",
                urls=urls,
                address=server.address,
                port=server.port,
                database=server.database,
                username=args.settings.username,
                password=password,
                key_arn=args.key_arn,
                protect=args.protect,
            ),
            self.child_opts(),
        )
        return GeneratedUrl(secret_arn=secret.arn, key_arn=args.key_arn, keys=frozenset(urls))
