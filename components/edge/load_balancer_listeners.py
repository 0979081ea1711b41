"""Listeners of a load balancer and their default actions."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["http_listener", "https_listener", "not_found", "redirect_to_https"]

# TLS 1.2 and 1.3 with forward secrecy only, and post-quantum key exchange where the client supports it: AWS's
# recommendation.
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"


def https_listener(
    owner: Component, balancer: aws.lb.LoadBalancer, certificate_arn: pulumi.Input[str]
) -> aws.lb.Listener:
    """The listener on 443, as a child of `owner`; requests that match no rule get 404."""
    return aws.lb.Listener(
        owner.child_name("https"),
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy=TLS_POLICY,
        certificate_arn=certificate_arn,
        default_actions=[not_found()],
        opts=owner.child_opts(),
    )


def http_listener(
    owner: Component, balancer: aws.lb.LoadBalancer, action: aws.lb.ListenerDefaultActionArgs
) -> aws.lb.Listener:
    """The listener on 80, as a child of `owner`.

    Its name is the same with and without a certificate, so that adding one updates the listener instead of creating a
    second one on the same port.
    """
    return aws.lb.Listener(
        owner.child_name("http"),
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        default_actions=[action],
        opts=owner.child_opts(),
    )


def not_found() -> aws.lb.ListenerDefaultActionArgs:
    """The response to requests that match no rule."""
    return aws.lb.ListenerDefaultActionArgs(
        type="fixed-response",
        fixed_response=aws.lb.ListenerDefaultActionFixedResponseArgs(
            content_type="text/plain", message_body="Not found", status_code="404"
        ),
    )


def redirect_to_https() -> aws.lb.ListenerDefaultActionArgs:
    """A permanent redirect to the same URL by HTTPS."""
    return aws.lb.ListenerDefaultActionArgs(
        type="redirect",
        redirect=aws.lb.ListenerDefaultActionRedirectArgs(protocol="HTTPS", port="443", status_code="HTTP_301"),
    )
