"""Listeners of load balancers: HTTPS, redirects to HTTPS, and current TLS policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..values import UNKNOWN

LOAD_BALANCERS = ("lb/loadBalancer",)
ENCRYPTED = ("HTTPS", "TLS")
OLD_DEFAULT = "ELBSecurityPolicy-2016-08"
GOOD_POLICIES = (
    "ELBSecurityPolicy-TLS13-1-2",
    "ELBSecurityPolicy-TLS13-1-3",
    "ELBSecurityPolicy-TLS-1-2",
    "ELBSecurityPolicy-FS-1-2",
)

_INSECURE = "protocol must be HTTPS, or the default action a redirect to HTTPS"


def _plain(ctx: Context) -> Outcome | None:
    """The finding on a listener that accepts HTTP for anything but a redirect to HTTPS."""
    protocol = ctx.at("protocol").text("HTTP")
    if protocol is UNKNOWN:
        return undecided("protocol cannot be determined")
    if protocol != "HTTP":
        return None  # HTTPS and TLS; TCP and UDP carry what the target encrypts
    actions = ctx.at("defaultActions").items()
    kinds = [action.at("type").text("") for action in actions]
    targets = [action.at("redirect.protocol").text("#{protocol}") for action in actions]
    if UNKNOWN in kinds or UNKNOWN in targets:
        return undecided("defaultActions cannot be determined")
    if actions and all(kind == "redirect" and target == "HTTPS" for kind, target in zip(kinds, targets, strict=True)):
        return None
    return violation(_INSECURE)


def _internal(ctx: Context) -> Any:
    """Whether the listener's load balancer is internal: True, False or UNKNOWN."""
    references = ctx.stack.references(ctx.resource, "loadBalancerArn", LOAD_BALANCERS)
    flags = {balancer.at("internal").flag(False) for ref in references for balancer in ref.candidates}
    return flags.pop() if len(flags) == 1 else UNKNOWN


def _public(ctx: Context) -> Iterator[Outcome]:
    finding = _plain(ctx)
    internal = _internal(ctx) if finding else True
    if finding and internal is False:
        yield finding
    elif finding and internal is UNKNOWN:
        yield undecided(f"{finding.message} (unless the load balancer is internal, which cannot be determined)")


def _private(ctx: Context) -> Iterator[Outcome]:
    finding = _plain(ctx)
    if finding and _internal(ctx) is True:
        yield finding


def _tls_policy(ctx: Context) -> Iterator[Outcome]:
    protocol = ctx.at("protocol").text("HTTP")
    policy = ctx.at("sslPolicy").text(OLD_DEFAULT)
    if protocol is UNKNOWN or (protocol in ENCRYPTED and policy is UNKNOWN):
        yield undecided("protocol or sslPolicy cannot be determined")
    elif protocol in ENCRYPTED and not str(policy).startswith(tuple(ctx.params["policies"])):
        yield violation(
            "sslPolicy must be a policy with TLS 1.2 as its minimum"
            + (" (it is absent)" if ctx.at("sslPolicy").absent else "")
        )


RULES = (
    Rule(
        id="public-listener-https",
        title="Internet-facing load balancers serve HTTPS and redirect HTTP to it",
        severity="high",
        controls=("FSBP ELB.1",),
        fix="Use an HTTPS listener with a certificate, and redirect port 80 to HTTPS.",
        types=("lb/listener",),
        check=_public,
        baseline="disabled",
        graph=True,
    ),
    Rule(
        id="internal-listener-https",
        title="Internal load balancers serve HTTPS",
        severity="low",
        fix="Use an HTTPS listener; callers must use a host name of the certificate.",
        types=("lb/listener",),
        check=_private,
        baseline="disabled",
        strict="advisory",
        graph=True,
    ),
    Rule(
        id="listener-tls-policy",
        title="HTTPS and TLS listeners require TLS 1.2 or newer",
        severity="medium",
        controls=("FSBP ELB.17",),
        fix="Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06.",
        types=("lb/listener",),
        check=_tls_policy,
        params=(
            Param(
                name="policies",
                kind="strings",
                default=GOOD_POLICIES,
                doc="prefixes of the accepted policies",
            ),
        ),
    ),
)
