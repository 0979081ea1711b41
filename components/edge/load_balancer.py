"""The Application Load Balancer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.edge.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from components.edge.certificate import Certificate, CertificateArgs
from components.edge.load_balancer_ingress import allow_cidrs, callers_group
from components.edge.load_balancer_listeners import http_listener, https_listener, not_found, redirect_to_https
from components.edge.load_balancer_monitoring import LoadBalancerMonitoring, load_balancer_metrics
from components.edge.log_delivery import load_balancer_logs
from components.naming import record_role
from components.values import Peer, PrefixList
from settings import edge

__all__ = ["LoadBalancer", "LoadBalancerArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerArgs:
    """Arguments of `LoadBalancer`."""

    settings: edge.LoadBalancer
    """Certificate, redirect, access logs."""
    access_logs: bool
    """Whether it writes access logs; `settings.access_logs` may leave that to what is in front of it."""
    scheme: Literal["internet-facing", "internal"]
    """Whether it has public addresses; `settings.scheme` may be empty, since its default depends on other entries."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets in at least two zones: public if internet-facing, otherwise private."""
    account: Account
    """The account, its region and partition."""
    idle_timeout_s: int = 60
    """Seconds without data after which a connection is closed: the longest request of any service."""
    protect: bool = False
    """Refuse to delete the load balancer and its logs."""
    allow_cidrs: Sequence[str] = ()
    """Networks that may call every listener; `settings.allow_cidrs` may leave that to the scheme."""
    only_from: PrefixList | None = None
    """Admits these addresses and no others, on the port of the main listener only."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must exist first: the internet gateway and its routes, for an internet-facing load balancer."""

    def __post_init__(self) -> None:
        if len(self.subnet_ids) < 2:
            raise ValueError(f"a load balancer needs subnets in two zones, not {len(self.subnet_ids)}; add one")
        if not 1 <= self.idle_timeout_s <= 4000:
            raise ValueError(f"an idle timeout is 1 to 4000 s, not {self.idle_timeout_s}; change idle_timeout_s")


class LoadBalancer(Component):
    """An Application Load Balancer, about 18 USD a month plus traffic.

    Creates: load balancer, security group, and a listener on 443 with a redirect on 80, or without a certificate one
    listener on 80; as needed a certificate, DNS records, a bucket for access logs, ingress rules, and with `only_from`
    a second security group, since a managed prefix list counts as many rules.
    Guarantees: a request that matches no rule gets 404; TLS 1.2 or newer; invalid header fields are dropped; ingress
    only from `allow_cidrs` or `only_from`, to the listeners' ports only, and none until a `Connection` adds it where
    both are empty; deletion protection follows `protect`.
    Errors: ValueError for fewer than two subnets, or an idle timeout outside AWS's limits.
    """

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description="Load balancer",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        port = 443 if settings.certificate is not None else 80
        groups = [group]
        if args.only_from is not None:
            groups.append(callers_group(self, args.vpc_id, args.only_from, port))
        allow_cidrs(self, group, args.allow_cidrs, _ports(settings))
        balancer = self._load_balancer(args, groups)
        listener = self._listener(balancer, settings)
        self._records(balancer, settings.certificate)
        self.arn = balancer.arn
        self.arn_suffix = balancer.arn_suffix
        self.dns_name = balancer.dns_name
        self._protocol = "http" if settings.certificate is None else "https"
        domain = settings.certificate.domain if settings.certificate else None
        self.url = self.url_of(domain or balancer.dns_name)
        self.listener_arn = listener.arn
        self.peer = Peer(name=name, security_group_id=group.id, port=port)
        # What replaces the listener of the services when it changes: the load balancer is replaced with its scheme.
        self.entry = f"{args.scheme}-{self._protocol}"
        self.monitoring = LoadBalancerMonitoring(metrics=load_balancer_metrics(balancer.arn_suffix))
        self.done(arn=self.arn, dns_name=self.dns_name, url=self.url)

    def url_of(self, host: pulumi.Input[str]) -> pulumi.Output[str]:
        """The URL of a host name that leads here."""
        return pulumi.Output.concat(self._protocol, "://", host)

    def _load_balancer(self, args: LoadBalancerArgs, groups: Sequence[aws.ec2.SecurityGroup]) -> aws.lb.LoadBalancer:
        logs = None
        if args.access_logs:
            bucket = AccessLogBucket(
                self.child_name("logs"),
                AccessLogBucketArgs(
                    account=args.account,
                    delivery=load_balancer_logs(args.account),
                    days=args.settings.log_retention_days,
                    protect=args.protect,
                ),
                opts=self.child_opts(),
            )
            logs = aws.lb.LoadBalancerAccessLogsArgs(bucket=bucket.bucket, enabled=True)
        return aws.lb.LoadBalancer(
            self.child_name(),
            load_balancer_type="application",
            internal=args.scheme == "internal",
            ip_address_type="ipv4",
            subnets=list(args.subnet_ids),
            security_groups=[group.id for group in groups],
            access_logs=logs,
            idle_timeout=args.idle_timeout_s,
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            xff_header_processing_mode="append",
            enable_http2=True,
            enable_deletion_protection=args.protect,
            opts=self.child_opts(protect=args.protect, depends_on=list(args.depends_on) or None),
        )

    def _listener(self, balancer: aws.lb.LoadBalancer, settings: edge.LoadBalancer) -> aws.lb.Listener:
        """The listener that serves requests; next to HTTPS, one on 80 redirects."""
        certificate_arn = self._certificate_arn(settings.certificate)
        if certificate_arn is None:
            return http_listener(self, balancer, not_found())
        if settings.redirect_http:
            http_listener(self, balancer, redirect_to_https())
        return https_listener(self, balancer, certificate_arn)

    def _certificate_arn(self, settings: edge.Certificate | None) -> pulumi.Input[str] | None:
        if settings is None:
            return None
        if settings.arn is not None or settings.domain is None or settings.zone is None:
            return settings.arn
        return Certificate(
            self.child_name("certificate"),
            CertificateArgs(domain=settings.domain, zone_id=settings.zone, alternative_names=settings.names),
            opts=self.child_opts(),
        ).arn

    def _records(self, balancer: aws.lb.LoadBalancer, settings: edge.Certificate | None) -> None:
        if settings is None or settings.zone is None:
            return
        for domain in settings.all_names:
            aws.route53.Record(
                # Named by domain, not by index: otherwise a record could be created while the old one still exists.
                self.child_name(f"record-{record_role(domain)}"),
                zone_id=settings.zone,
                name=domain,
                type="A",
                aliases=[
                    aws.route53.RecordAliasArgs(
                        name=balancer.dns_name, zone_id=balancer.zone_id, evaluate_target_health=True
                    )
                ],
                opts=self.child_opts(),
            )


def _ports(settings: edge.LoadBalancer) -> tuple[int, ...]:
    if settings.certificate is None:
        return (80,)
    return (443, 80) if settings.redirect_http else (443,)
