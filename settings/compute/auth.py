"""The login in front of a route."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from settings.form import matches
from settings.ids import UserPoolArn
from settings.model import Fault, Model, refuse
from settings.types import ConfigKey, HttpsUrl

__all__ = ["Auth", "Cognito", "Oidc"]

ClientId = Annotated[str, matches(r"[\x21-\x7e]{1,255}", "must be 1 to 255 characters without spaces", in_schema=True)]
Scope = Annotated[
    str,
    matches(
        r"openid( [\x21-\x7e]+)*", "must begin with openid, with single spaces, such as openid email", in_schema=True
    ),
]
SessionHours = Annotated[int, Field(ge=1, le=168)]


PoolDomain = Annotated[
    str,
    matches(
        r"[a-z0-9][a-z0-9.-]{0,252}",
        "is not a domain of a user pool; write its prefix, such as my-login, or a name such as login.example.com",
        in_schema=True,
    ),
]


class Oidc(Model):
    """An OpenID Connect provider; register https://<domain>/oauth2/idpresponse there."""

    issuer: HttpsUrl
    """The issuer, as the provider's discovery document names it."""
    authorization_endpoint: HttpsUrl
    """Where people sign in."""
    token_endpoint: HttpsUrl
    """Where the load balancer gets its tokens."""
    user_info_endpoint: HttpsUrl
    """Where the load balancer asks who it is."""
    client_id: ClientId
    """The client that the provider knows the load balancer as."""
    client_secret_from: ConfigKey
    """Key of Pulumi's encrypted configuration that holds the client's secret, such as `login:client_secret`."""
    scope: Scope = "openid"
    """Claims to ask for, separated by spaces."""
    session_hours: SessionHours = 12
    """Hours after which people sign in again."""


class Cognito(Model):
    """A Cognito user pool; its client has a secret, the code grant, and this load balancer's callback."""

    user_pool_arn: UserPoolArn
    """The user pool."""
    client_id: ClientId
    """The pool's client for this load balancer; Cognito keeps its secret."""
    domain: PoolDomain
    """The pool's domain: its prefix, or a whole domain name of your own."""
    scope: Scope = "openid"
    """Claims to ask for, separated by spaces."""
    session_hours: SessionHours = 12
    """Hours after which people sign in again."""


class Auth(Model):
    """The load balancer asks for a login first: by `oidc` or by `cognito`."""

    oidc: Oidc | None = None
    """Any OpenID Connect provider."""
    cognito: Cognito | None = None
    """A Cognito user pool."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.oidc is None) == (self.cognito is None):
            refuse([Fault("", "needs exactly one of oidc and cognito; keep or write one")])
        return self
