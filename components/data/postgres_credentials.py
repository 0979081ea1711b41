"""How services sign in to a PostgreSQL database: one class for each setting of `credentials`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pulumi

from components.data.connection_url import connection_url, url_key, url_variables
from components.data.secret_access import read_secret
from components.values import Injection, Permission
from settings.compute.connects_to import Connect, Url

__all__ = ["Credentials", "GeneratedUrl", "IamAuthToken", "ManagedPassword", "Server", "prepared_urls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The address, port and name of the database."""

    address: pulumi.Output[str]
    port: int
    database: str

    def url(self, url: Url, user: str = "") -> pulumi.Output[str]:
        """The URL without a password."""
        return self.address.apply(
            lambda host: connection_url(url, host=host, port=self.port, database=self.database, user=user)
        )

    @property
    def variables(self) -> Mapping[str, pulumi.Input[str]]:
        """The variables that libpq, psycopg, asyncpg, node-pg and pgx read."""
        return {
            "PGHOST": self.address,
            "PGPORT": str(self.port),
            "PGDATABASE": self.database,
            "PGSSLMODE": "require",
        }


class Credentials(Protocol):
    """How a container signs in, and what it is given for that."""

    @property
    def secret_arn(self) -> pulumi.Output[str] | None:
        """The secret that services read; none where they sign in with tokens."""
        ...

    def injection(self, connect: Connect) -> Injection:
        """The variables, secrets and permissions of a container that connects."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedPassword:
    """The password stays in the secret that RDS keeps: URLs have none, and clients read it from PGPASSWORD."""

    server: Server
    secret_arn: pulumi.Output[str]
    key_arn: pulumi.Input[str]

    def injection(self, connect: Connect) -> Injection:
        """PG* and URLs without user in plain text; user and password by reference to the secret's JSON keys."""
        urls = {env: self.server.url(url) for env, url in url_variables(connect).items()}
        return Injection(
            environment={**self.server.variables, **urls},
            secrets={
                "PGUSER": pulumi.Output.concat(self.secret_arn, ":username::"),
                "PGPASSWORD": pulumi.Output.concat(self.secret_arn, ":password::"),
            },
            execution_permissions=read_secret(self.secret_arn, self.key_arn),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedUrl:
    """Complete URLs, password included, in one secret of this stack."""

    secret_arn: pulumi.Output[str]
    key_arn: pulumi.Input[str]
    keys: Collection[str]

    def injection(self, connect: Connect) -> Injection:
        """Each URL variable by reference to its JSON key; no PG*, which a second, managed database may set."""
        keys = {env: url_key(url) for env, url in url_variables(connect).items()}
        for env, key in keys.items():
            if key not in self.keys:
                raise ValueError(
                    f"the secret of {connect.to} has no URL for {env}; name it in PostgresArgs.connections"
                )
        return Injection(
            secrets={env: pulumi.Output.concat(self.secret_arn, f":{key}::") for env, key in keys.items()},
            execution_permissions=read_secret(self.secret_arn, self.key_arn),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IamAuthToken:
    """IAM authentication tokens, which the task role may create; there is no password."""

    server: Server
    user: str
    user_arn: pulumi.Output[str]
    secret_arn: None = None

    def injection(self, connect: Connect) -> Injection:
        """PG* and URLs with user and without password, and the permission to sign in as this user."""
        urls = {env: self.server.url(url, self.user) for env, url in url_variables(connect).items()}
        return Injection(
            environment={**self.server.variables, "PGUSER": self.user, **urls},
            task_permissions=[Permission(actions=["rds-db:connect"], resources=[self.user_arn])],
        )


def prepared_urls(connections: Sequence[Connect]) -> Mapping[str, Url]:
    """The default URL and every URL that the connections name, by its key in the secret."""
    urls = [Url(), *(url for connect in connections for url in url_variables(connect).values())]
    return {url_key(url): url for url in urls}
