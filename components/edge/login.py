"""Authentication by the load balancer."""

from __future__ import annotations

import hashlib

import pulumi
import pulumi_aws as aws

from settings.compute.auth import Auth, Cognito, Oidc

__all__ = ["login_action"]


def login_action(auth: Auth, client_secret: pulumi.Input[str] | None = None) -> aws.lb.ListenerRuleActionArgs:
    """The first action of a rule: requests without a session are redirected to sign in.

    Routes with the same client id share a session; routes with different ones do not.
    Errors: ValueError for `auth.oidc` without the client's secret, or neither `oidc` nor `cognito`.
    """
    if auth.oidc is not None:
        if client_secret is None:
            raise ValueError("auth.oidc needs the client's secret; pass the output of Config.require_secret")
        return aws.lb.ListenerRuleActionArgs(
            type="authenticate-oidc", order=1, authenticate_oidc=_oidc(auth.oidc, client_secret)
        )
    if auth.cognito is None:
        raise ValueError("auth has neither oidc nor cognito; set one")
    return aws.lb.ListenerRuleActionArgs(
        type="authenticate-cognito", order=1, authenticate_cognito=_cognito(auth.cognito)
    )


def _oidc(oidc: Oidc, client_secret: pulumi.Input[str]) -> aws.lb.ListenerRuleActionAuthenticateOidcArgs:
    return aws.lb.ListenerRuleActionAuthenticateOidcArgs(
        issuer=oidc.issuer,
        authorization_endpoint=oidc.authorization_endpoint,
        token_endpoint=oidc.token_endpoint,
        user_info_endpoint=oidc.user_info_endpoint,
        client_id=oidc.client_id,
        client_secret=pulumi.Output.secret(client_secret),
        scope=oidc.scope,
        session_timeout=oidc.session_hours * 3600,
        session_cookie_name=_cookie(oidc.client_id),
        on_unauthenticated_request="authenticate",
    )


def _cognito(cognito: Cognito) -> aws.lb.ListenerRuleActionAuthenticateCognitoArgs:
    return aws.lb.ListenerRuleActionAuthenticateCognitoArgs(
        user_pool_arn=cognito.user_pool_arn,
        user_pool_client_id=cognito.client_id,
        user_pool_domain=cognito.domain,
        scope=cognito.scope,
        session_timeout=cognito.session_hours * 3600,
        session_cookie_name=_cookie(cognito.client_id),
        on_unauthenticated_request="authenticate",
    )


def _cookie(client_id: str) -> str:
    """The cookie's name, one for each client: with a shared name, one client's session would overwrite another's."""
    return f"AWSELBAuthSessionCookie-{hashlib.sha256(client_id.encode()).hexdigest()[:6]}"
