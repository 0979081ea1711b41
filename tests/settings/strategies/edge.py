"""Random ways in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.frame import ACCOUNT, Frame, maybe, some

__all__ = ["edge"]

_ZONE = "Z0EXAMPLE1"
_WEB_ACLS: list[dict[str, Any]] = [{}, {"sql": True, "log": "all"}, {"requests_per_5_minutes": None, "observe": {}}]
_OIDC = {
    "issuer": "https://login.example.com",
    "authorization_endpoint": "https://login.example.com/authorize",
    "token_endpoint": "https://login.example.com/token",
    "user_info_endpoint": "https://login.example.com/me",
    "client_id": "load-balancer",
    "client_secret_from": "keys:one",
}


@st.composite
def edge(draw: st.DrawFn, frame: Frame, services: dict[str, Any]) -> dict[str, Any]:
    """The way in, and what the routes say of it; routes that do not go with it are mended in `services`."""
    routed = {name: service for name, service in services.items() if "route" in service}
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["amplify"] = draw(_amplify(frame))
    balancer: dict[str, Any] = {}
    if frame.prod or frame.entry == "distribution" or draw(st.booleans()):
        certificate: dict[str, Any] = {"domain": "origin.example.com", "zone": _ZONE}
        if draw(st.booleans()):
            certificate["arn"] = (
                f"arn:aws:acm:{frame.region}:{ACCOUNT}:certificate/0f0f0f0f-0000-4000-8000-000000000000"
            )
        balancer["certificate"] = certificate
    balancer |= draw(some({"access_logs": st.booleans(), "log_retention_days": st.just(30)}))
    if frame.entry == "" and draw(st.booleans()):
        balancer |= draw(_callers(frame))
    found["load_balancer"] = balancer
    if frame.entry == "api" and routed:
        found["http_api"] = draw(_http_api(frame, routed))
    if frame.entry == "distribution" and (routed or "amplify" in found):
        found["distribution"] = draw(_distribution(frame, routed, amplify="amplify" in found))
    if "amplify" in found and "distribution" not in found and draw(st.booleans()):
        found["amplify"]["domain"] = {"name": "web.example.com", "zone": _ZONE}
    if frame.entry == "" and routed:
        found |= draw(maybe("web_acl", st.sampled_from(_WEB_ACLS)))
        for service in routed.values():
            draw(_guard(frame, service, balancer))
    return found


@st.composite
def _callers(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    """Who may call a load balancer that stands alone; in an existing VPC, an internal one must say it."""
    found: dict[str, Any] = {
        "scheme": draw(st.sampled_from(["internal", "internet-facing"])),
        "redirect_http": draw(st.booleans()),
    }
    if (found["scheme"] == "internal" and frame.existing) or draw(st.booleans()):
        found["allow_cidrs"] = ["10.0.0.0/8"]
    return found


@st.composite
def _guard(draw: st.DrawFn, frame: Frame, service: dict[str, Any], balancer: dict[str, Any]) -> None:
    """Not everybody gets through to some routes."""
    route = service["route"]
    route |= draw(some({"allow_cidrs": st.just(["203.0.113.0/24"]), "hosts": st.just(["app.example.com"])}))
    hidden = frame.closed and balancer.get("scheme") == "internal"
    if "certificate" in balancer and "strategy" not in service["deploy"] and not hidden and draw(st.booleans()):
        pool = f"arn:aws:cognito-idp:{frame.region}:{ACCOUNT}:userpool/{frame.region}_example"
        cognito = {"user_pool_arn": pool, "client_id": "load-balancer", "domain": "example"}
        route["auth"] = draw(st.sampled_from([{"oidc": _OIDC}, {"cognito": cognito}]))


@st.composite
def _http_api(draw: st.DrawFn, frame: Frame, routed: dict[str, Any]) -> dict[str, Any]:
    name = next(iter(routed))
    routes = {f"POST /{name}/jobs": {"throttle": {"rate": 5, "burst": 10}}, f"/{name}/public/*": {}}
    plain = not any("strategy" in service["deploy"] for service in routed.values())
    return {
        **draw(
            some(
                {
                    "cors": st.just({"origins": ["*"]}),
                    "routes": st.just(routes),
                    "domain": st.just({"name": "api.example.com", "zone": _ZONE}),
                    "throttle": st.just({"rate": 50}),
                }
            )
        ),
        **(draw(maybe("direct", st.just(True))) if plain and not frame.prod else {}),
    }


@st.composite
def _distribution(draw: st.DrawFn, frame: Frame, routed: dict[str, Any], *, amplify: bool) -> dict[str, Any]:
    default = "amplify" if amplify and (not routed or draw(st.booleans())) else "load_balancer"
    cache = st.sampled_from([{}, {"cache": "optimized"}])
    every = default == "amplify"
    paths = {f"/{name}/*": draw(cache) for name in routed if every or draw(st.booleans())}
    found: dict[str, Any] = {"default": default, "paths": paths, "origin": draw(st.sampled_from(["vpc", "public"]))}
    if found["origin"] == "public":
        found |= draw(maybe("header_versions", st.sampled_from([[1, 2], [2]])))
    if frame.prod or draw(st.booleans()):
        names = draw(maybe("names", st.just(["*.app.example.com", "www.example.com"])))
        found["certificate"] = {"domain": "app.example.com", "zone": _ZONE, **names}
    return {
        **found,
        **draw(
            some(
                {
                    "web_acl": st.sampled_from(_WEB_ACLS),
                    "price_class": st.sampled_from(["200", "all"]),
                    "security_headers": st.sampled_from(
                        [{"hsts_days": 0}, {"frame": "any", "content_security_policy": "default-src 'self'"}]
                    ),
                }
            )
        ),
    }


@st.composite
def _amplify(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    branch = {"stage": "PRODUCTION", "environment": {"NEXT_PUBLIC_API_URL": "/api"}}
    branches = {"main": branch, **draw(some({"feature/login": st.just({"auto_build": True}), "next": st.just({})}))}
    repository = {"repository": "https://github.com/example/web", "token_from": "amplify:github_token"}
    return {
        "branches": branches,
        **draw(st.sampled_from([{}, repository])),
        **draw(
            some(
                {
                    "platform": st.just("WEB"),
                    "build_spec": st.just("version: 1"),
                    "basic_auth": st.just({"username": "staff"}),
                    "environment": st.just({"MODE": "live"}),
                }
            )
        ),
    }
