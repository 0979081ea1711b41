"""RDS Proxy in front of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.postgres_credentials import Credentials, IamAuthToken, ManagedPassword, Server
from components.data.postgres_proxy_monitoring import PostgresProxyMonitoring, postgres_proxy_metrics
from components.data.secret_access import read_secret
from components.identity.role import Role, RoleArgs
from components.networking.connection import Connection, ConnectionArgs
from components.values import Injection, Peer
from settings import data
from settings.compute.connects_to import Connect
from settings.data.proxy import Proxy

__all__ = ["PostgresProxy", "PostgresProxyArgs"]

PORT = 5432


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresProxyArgs:
    """Arguments of `PostgresProxy`."""

    settings: Proxy
    """Its connection pool, and how clients sign in."""
    database: data.Postgres
    """Settings of the database; its name, user and credentials count."""
    server: Peer
    """Security group and port of the database."""
    instance: pulumi.Input[str]
    """Identifier of the database's instance."""
    proxy_name: str
    """Its name in AWS; plain text, because its log group is created before it."""
    secret_arn: pulumi.Output[str]
    """The secret that RDS keeps, with user and password."""
    key_arn: pulumi.Input[str]
    """The key that encrypts this secret, and the log."""
    vpc_id: pulumi.Input[str]
    """The network."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Isolated subnets in at least two zones."""
    account: Account
    """The account, its region and partition."""
    log_retention_days: int
    """Days that its log is kept."""

    def __post_init__(self) -> None:
        if len(self.subnet_ids) < 2:
            raise ValueError(f"the proxy of {self.server.name} has {len(self.subnet_ids)} subnet; RDS Proxy needs two")
        if self.database.credentials != "managed":
            raise ValueError(
                f"the proxy of {self.server.name} signs in with the secret that RDS manages; "
                "set credentials: managed on the database"
            )


class PostgresProxy(Component):
    """RDS Proxy in front of one database; see `settings.data.proxy.Proxy` for what it costs.

    Creates: log group, role, security group, the proxy with its pool and target, and the connection to the database.
    Guarantees: TLS is required; its role reads exactly the database's secret with exactly its key; nothing reaches it
    without a `Connection`, and it reaches nothing but the database; its log is encrypted and expires after
    `log_retention_days`.
    Errors: ValueError with fewer than two subnets, or where the database's credentials are not `managed`.
    """

    def __init__(self, name: str, args: PostgresProxyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        security_group = aws.ec2.SecurityGroup(
            self.child_name("access"),
            description="RDS Proxy",  # constant, since a change replaces the group and with it every connection
            vpc_id=args.vpc_id,
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        proxy = self._proxy(args, security_group.id)
        self.peer = Peer(name=name, security_group_id=security_group.id, port=PORT)
        connection = Connection(
            self.child_name("to-database"), ConnectionArgs(client=self.peer, server=args.server), self.child_opts()
        )
        target = self._target(args, proxy, connection)
        # Clients depend on the target, too: until it is registered, the proxy refuses them.
        self.address = pulumi.Output.all(proxy.endpoint, target.id).apply(lambda values: str(values[0]))
        self.host_port = pulumi.Output.concat(self.address, f":{PORT}")
        self._credentials = _sign_in(args, proxy, self.address)
        self.monitoring = PostgresProxyMonitoring(
            name=args.server.name, metrics=postgres_proxy_metrics(args.proxy_name)
        )
        self.done(address=self.address)

    def injection(self, connect: Connect) -> Injection:
        """The environment of a container that connects through the proxy, and the permissions that it needs."""
        return self._credentials.injection(connect)

    def _proxy(self, args: PostgresProxyArgs, security_group_id: pulumi.Output[str]) -> aws.rds.Proxy:
        # RDS would create it itself, without retention and key.
        log = aws.cloudwatch.LogGroup(
            self.child_name("log"),
            name=f"/aws/rds/proxy/{args.proxy_name}",
            retention_in_days=args.log_retention_days,
            kms_key_id=args.key_arn,
            opts=self.child_opts(),
        )
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="rds.amazonaws.com",
                description=f"Signs in to the database {args.server.name}",
                conditions=args.account.is_source_where_sent,
                permissions=read_secret(args.secret_arn, args.key_arn),
            ),
            opts=self.child_opts(),
        )
        uses_tokens = args.settings.auth == "iam"
        return aws.rds.Proxy(
            self.child_name(),
            name=args.proxy_name,
            engine_family="POSTGRESQL",
            require_tls=True,
            role_arn=role.arn,
            vpc_subnet_ids=list(args.subnet_ids),
            vpc_security_group_ids=[security_group_id],
            idle_client_timeout=args.settings.idle_timeout_s,
            debug_logging=False,  # it logs the text of SQL statements
            auths=[
                aws.rds.ProxyAuthArgs(
                    auth_scheme="SECRETS",
                    secret_arn=args.secret_arn,
                    iam_auth="REQUIRED" if uses_tokens else "DISABLED",
                    client_password_auth_type=None if uses_tokens else "POSTGRES_SCRAM_SHA_256",
                )
            ],
            opts=self.child_opts(
                depends_on=[log, *role.policies],
                delete_before_replace=True,  # its name is given, so the replacement cannot exist at the same time
            ),
        )

    def _target(self, args: PostgresProxyArgs, proxy: aws.rds.Proxy, connection: Connection) -> aws.rds.ProxyTarget:
        pool = aws.rds.ProxyDefaultTargetGroup(
            self.child_name("pool"),
            db_proxy_name=proxy.name,
            connection_pool_config=aws.rds.ProxyDefaultTargetGroupConnectionPoolConfigArgs(
                max_connections_percent=args.settings.max_connections_percent,
                max_idle_connections_percent=args.settings.max_idle_percent,
                connection_borrow_timeout=args.settings.borrow_timeout_s,
            ),
            opts=self.child_opts(),
        )
        return aws.rds.ProxyTarget(
            self.child_name("target"),
            db_proxy_name=proxy.name,
            target_group_name=pool.name,
            db_instance_identifier=args.instance,
            opts=self.child_opts(depends_on=[connection]),
        )


def _sign_in(args: PostgresProxyArgs, proxy: aws.rds.Proxy, address: pulumi.Output[str]) -> Credentials:
    server = Server(address=address, port=PORT, database=args.database.database)
    if args.settings.auth == "password":
        return ManagedPassword(server=server, secret_arn=args.secret_arn, key_arn=args.key_arn)
    user = args.database.username
    # The proxy's ARN ends with its id, prx-….
    user_arn = proxy.arn.apply(
        lambda arn: f"{arn.rpartition(':db-proxy:')[0].replace(':rds:', ':rds-db:')}:dbuser:{arn.split(':')[-1]}/{user}"
    )
    return IamAuthToken(server=server, user=user, user_arn=user_arn)
