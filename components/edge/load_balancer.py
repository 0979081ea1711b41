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
from components.edge.load_balancer_metrics import LoadBalancerMetrics, load_balancer_metrics
from components.edge.log_delivery import load_balancers
from components.naming import name_prefix, record_role
from components.values import Peer, PrefixList
from settings import edge

__all__ = ["LoadBalancer", "LoadBalancerArgs", "LoadBalancerMetrics"]

# TLS 1.2 and 1.3 with forward secrecy only, post-quantum key exchange where the client can: what AWS recommends.
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerArgs:
    """Arguments of `LoadBalancer`."""

    settings: edge.LoadBalancer
    """Certificate, redirect, who may reach it, access logs."""
    scheme: Literal["internet-facing", "internal"]
    """Whether it has public addresses; `settings.scheme` is only a wish, since an HTTP API decides, too."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets of at least two zones: public ones if internet-facing, else private ones."""
    account: Account
    """The account, its region and partition."""
    idle_timeout_s: int = 60
    """Seconds without a byte after which a connection is cut: the longest request that a service may take."""
    protect: bool = False
    """Refuse to delete the load balancer and its logs."""
    only_from: PrefixList | None = None
    """With it, nobody but these addresses reaches the load balancer, and only on the port of its service."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What makes public subnets public: AWS refuses an internet-facing load balancer without it."""

    def __post_init__(self) -> None:
        if len(self.subnet_ids) < 2:
            raise ValueError(f"a load balancer needs subnets in two zones, not {len(self.subnet_ids)}; add one")
        if not 1 <= self.idle_timeout_s <= 4000:
            raise ValueError(f"an idle timeout is 1 to 4000 s, not {self.idle_timeout_s}")


class LoadBalancer(Component):
    """An Application Load Balancer, about 18 USD a month and more with traffic.

    Creates: load balancer, security group, listener on 443 with a redirect on 80, or without a certificate the one
    listener on 80; as needed a certificate, DNS records, a bucket for access logs, ingress rules, and with `only_from`
    a security group of its own for them, since a managed list counts as many rules.
    Guarantees: who matches no rule gets 404; TLS 1.2 or newer; invalid header fields are dropped; nobody but
    `allow_cidrs` or `only_from` reaches it, on the open ports only, and an internal one is open to nobody until a
    `Connection` or `only_from` admits a client; deletion protection follows `protect`.
    Errors: ValueError where there is one subnet only, or the idle timeout is more than AWS allows.
    """

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings, public = args.settings, args.scheme == "internet-facing"
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description="Load balancer",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        port = 443 if settings.certificate is not None else 80
        groups = [group] if args.only_from is None else [group, self._admitted(args, args.only_from, port)]
        balancer = self._balancer(args, groups)
        certificate_arn = self._certificate_arn(settings.certificate)
        if certificate_arn is None:
            listener = self._http(balancer, _not_found())
        else:
            listener = self._https(balancer, certificate_arn)
            if settings.redirect_http:
                self._http(balancer, _redirect())
        self._ingress(group, settings, _ports(settings) if public and args.only_from is None else ())
        self._records(balancer, settings.certificate)
        self.arn = balancer.arn
        self.arn_suffix = balancer.arn_suffix
        self.dns_name = balancer.dns_name
        self.url = _url(balancer, settings.certificate)
        self.listener_arn = listener.arn
        self.peer = Peer(name=name, security_group_id=group.id, port=port)
        self.metrics = load_balancer_metrics(balancer.arn_suffix)
        self.done(arn=self.arn, dns_name=self.dns_name, url=self.url)

    def _balancer(self, args: LoadBalancerArgs, groups: Sequence[aws.ec2.SecurityGroup]) -> aws.lb.LoadBalancer:
        logs = None
        if args.settings.access_logs:
            bucket = AccessLogBucket(
                self.child_name("logs"),
                AccessLogBucketArgs(
                    account=args.account,
                    writer=load_balancers(args.account),
                    days=args.settings.log_retention_days,
                    protect=args.protect,
                ),
                opts=self.child_opts(),
            )
            logs = aws.lb.LoadBalancerAccessLogsArgs(bucket=bucket.bucket, enabled=True)
        return aws.lb.LoadBalancer(
            self.child_name(),
            name_prefix=name_prefix(self.child_name()),
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

    def _https(self, balancer: aws.lb.LoadBalancer, certificate_arn: pulumi.Input[str]) -> aws.lb.Listener:
        return aws.lb.Listener(
            self.child_name("https"),
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=certificate_arn,
            default_actions=[_not_found()],
            opts=self.child_opts(),
        )

    def _http(self, balancer: aws.lb.LoadBalancer, action: aws.lb.ListenerDefaultActionArgs) -> aws.lb.Listener:
        # One name for both uses, so that adding a certificate changes the listener instead of making a second one on
        # the same port before the first is gone.
        return aws.lb.Listener(
            self.child_name("http"),
            load_balancer_arn=balancer.arn,
            port=80,
            protocol="HTTP",
            default_actions=[action],
            opts=self.child_opts(),
        )

    def _ingress(self, group: aws.ec2.SecurityGroup, settings: edge.LoadBalancer, ports: Sequence[int]) -> None:
        for port in ports:
            for cidr in dict.fromkeys(settings.allow_cidrs):
                # Named by network, not by index: one more network at the front would else move all the others, and
                # AWS refuses a rule that stands twice in between.
                aws.vpc.SecurityGroupIngressRule(
                    self.child_name(f"ingress-{port}-{cidr.replace('.', '-').replace('/', '-')}"),
                    security_group_id=group.id,
                    cidr_ipv4=cidr,
                    ip_protocol="tcp",
                    from_port=port,
                    to_port=port,
                    description=f"{cidr} to load balancer",
                    opts=self.child_opts(),
                )

    def _admitted(self, args: LoadBalancerArgs, callers: PrefixList, port: int) -> aws.ec2.SecurityGroup:
        group = aws.ec2.SecurityGroup(
            self.child_name("callers"),
            vpc_id=args.vpc_id,
            description="Callers of the load balancer",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        aws.vpc.SecurityGroupIngressRule(
            self.child_name("callers-ingress"),
            security_group_id=group.id,
            prefix_list_id=callers.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            description=f"{callers.name} to load balancer",
            opts=self.child_opts(),
        )
        return group

    def _records(self, balancer: aws.lb.LoadBalancer, settings: edge.Certificate | None) -> None:
        if settings is None or settings.zone is None:
            return
        for name in settings.all_names:
            aws.route53.Record(
                # By name, not by place: a record that changed its name would be made while the old one still stands.
                self.child_name(f"record-{record_role(name)}"),
                zone_id=settings.zone,
                name=name,
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


def _not_found() -> aws.lb.ListenerDefaultActionArgs:
    return aws.lb.ListenerDefaultActionArgs(
        type="fixed-response",
        fixed_response=aws.lb.ListenerDefaultActionFixedResponseArgs(
            content_type="text/plain", message_body="Not found", status_code="404"
        ),
    )


def _redirect() -> aws.lb.ListenerDefaultActionArgs:
    return aws.lb.ListenerDefaultActionArgs(
        type="redirect",
        redirect=aws.lb.ListenerDefaultActionRedirectArgs(protocol="HTTPS", port="443", status_code="HTTP_301"),
    )


def _url(balancer: aws.lb.LoadBalancer, certificate: edge.Certificate | None) -> pulumi.Output[str]:
    scheme = "http" if certificate is None else "https"
    domain = certificate.domain if certificate else None
    return pulumi.Output.concat(scheme, "://", domain or balancer.dns_name)
