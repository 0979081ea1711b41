"""Settings of the area `edge`: load balancer, HTTP API, CloudFront distribution, web ACL, Amplify app."""

from __future__ import annotations

from typing import Literal

from settings.edge.amplify import Amplify
from settings.edge.certificate import Certificate
from settings.edge.distribution import Distribution
from settings.edge.http_api import ApiRoute, Cors, CustomDomain, HttpApi, Throttle
from settings.edge.load_balancer import LoadBalancer
from settings.edge.web_acl import WebAcl
from settings.model import Model

__all__ = [
    "ApiRoute",
    "Certificate",
    "Cors",
    "CustomDomain",
    "Distribution",
    "Edge",
    "HttpApi",
    "LoadBalancer",
    "Throttle",
]


class Edge(Model):
    """Load balancer, HTTP API, CloudFront distribution, web ACL, Amplify app."""

    load_balancer: LoadBalancer = LoadBalancer()
    """The load balancer; it exists as soon as one service has a route."""
    http_api: HttpApi | None = None
    """An API Gateway HTTP API in front of the load balancer, which is then internal. Adding or removing it replaces an
    internet-facing load balancer by an internal one, and the other way round."""
    distribution: Distribution | None = None
    """A CloudFront distribution in front of the load balancer, which then only CloudFront reaches. Adding or removing
    it replaces the load balancer, unless its scheme stays (`origin`)."""
    web_acl: WebAcl | None = None
    """A web application firewall in front of the load balancer; by default none. A distribution has its own."""
    amplify: Amplify | None = None
    """A web app on Amplify Hosting; by default none."""

    @property
    def scheme(self) -> Literal["internet-facing", "internal"]:
        """Whether the load balancer is internet-facing."""
        if self.distribution is not None:
            return "internal" if self.distribution.origin == "vpc" else "internet-facing"
        return self.load_balancer.scheme or ("internet-facing" if self.http_api is None else "internal")

    @property
    def stands_alone(self) -> bool:
        """Whether callers reach the load balancer itself, and not by way of what is in front of it."""
        return self.http_api is None and self.distribution is None

    def logs_load_balancer(self, scheme: Literal["internet-facing", "internal"]) -> bool:
        """Whether a load balancer of this scheme writes access logs."""
        logged_in_front = self.http_api is not None or self.distribution is not None
        default = scheme == "internet-facing" or not logged_in_front
        return default if self.load_balancer.access_logs is None else self.load_balancer.access_logs
