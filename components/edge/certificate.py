"""TLS certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.naming import record_role
from settings.edge.certificate import bare

__all__ = ["Certificate", "CertificateArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateArgs:
    """Arguments of `Certificate`."""

    domain: str
    """The name that the certificate is for."""
    zone_id: str
    """The Route 53 zone in which the names are validated."""
    alternative_names: Sequence[str] = ()
    """Further names; a wildcard and its own domain share one validation record."""
    region: str | None = None
    """The certificate's region, by default the stack's; CloudFront takes certificates of us-east-1 only."""


class Certificate(Component):
    """A public ACM certificate, free of charge, validated by DNS and renewed by itself.

    Creates: the certificate, one validation record for each name, and the wait until ACM has issued it.
    Guarantees: `arn` is known only once the certificate is issued, so that no listener is given a pending one; a
    replaced certificate is issued before the old one goes; a name keeps its validation record, without which ACM
    renews nothing, whatever the other names are and in whatever order; a second certificate for the same name, in
    another region, shares its validation record instead of failing on it.
    """

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        others = [other for other in dict.fromkeys(args.alternative_names) if other != args.domain]
        certificate = aws.acm.Certificate(
            self.child_name(),
            domain_name=args.domain,
            subject_alternative_names=others or None,
            validation_method="DNS",
            region=args.region,
            opts=self.child_opts(delete_before_replace=False),
        )
        validated = dict.fromkeys(bare(each) for each in (args.domain, *others))
        records = [
            # Named by domain, not by place: a name that moves, or whose neighbour goes, would else be written under
            # another resource's name, and deleted with the old one.
            self._record(f"record-{record_role(domain)}", certificate, domain, args.zone_id)
            for domain in validated
        ]
        validation = aws.acm.CertificateValidation(
            self.child_name("validation"),
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn for record in records],
            region=args.region,
            # A zone that nobody delegated to would else hang the deployment for 75 minutes.
            opts=self.child_opts(custom_timeouts=pulumi.CustomTimeouts(create="30m")),
        )
        self.arn = validation.certificate_arn
        self.done(arn=self.arn)

    def _record(self, role: str, certificate: aws.acm.Certificate, domain: str, zone_id: str) -> aws.route53.Record:
        option = certificate.domain_validation_options.apply(
            # ACM lists the options in no order.
            lambda options: next(o for o in options if bare(o.domain_name or "") == domain)
        )
        return aws.route53.Record(
            self.child_name(role),
            zone_id=zone_id,
            name=option.apply(lambda o: o.resource_record_name or ""),
            type="CNAME",
            records=[option.apply(lambda o: o.resource_record_value or "")],
            ttl=300,
            # ACM asks for the same record for the same name in every region.
            allow_overwrite=True,
            opts=self.child_opts(),
        )
