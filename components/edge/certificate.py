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
    """The Route 53 zone of the validation records."""
    alternative_names: Sequence[str] = ()
    """Further names; a wildcard and its own domain share one validation record."""
    region: str | None = None
    """The certificate's region, by default the stack's; CloudFront accepts only certificates in us-east-1."""


class Certificate(Component):
    """A public ACM certificate, free of charge, validated by DNS and renewed automatically.

    Creates: the certificate, one validation record for each name, and a validation, which waits until ACM has issued
    the certificate.
    Guarantees: `arn` resolves only once the certificate is issued, so that no listener gets a pending one; a replaced
    certificate is deleted only after the new one is issued; a name keeps its validation record, which ACM needs for
    renewal, when other names are added, removed or reordered; a second certificate for the same name, in another
    region, shares the validation record.
    """

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        other_names = [name for name in dict.fromkeys(args.alternative_names) if name != args.domain]
        certificate = aws.acm.Certificate(
            self.child_name(),
            domain_name=args.domain,
            # ACM has the domain among them anyway; left out, those of before would stay.
            subject_alternative_names=other_names or [args.domain],
            validation_method="DNS",
            region=args.region,
            opts=self.child_opts(delete_before_replace=False),
        )
        validated_domains = dict.fromkeys(bare(each) for each in (args.domain, *other_names))
        records = [
            # Named by domain, not by index: when the list changes, a record would otherwise be created again under
            # another logical name, and then deleted together with the old one.
            self._record(f"record-{record_role(domain)}", certificate, domain, args.zone_id)
            for domain in validated_domains
        ]
        validation = aws.acm.CertificateValidation(
            self.child_name("validation"),
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn for record in records],
            region=args.region,
            # With a zone that is not delegated, the deployment would otherwise wait for 75 minutes.
            opts=self.child_opts(custom_timeouts=pulumi.CustomTimeouts(create="30m")),
        )
        self.arn = validation.certificate_arn
        self.done(arn=self.arn)

    def _record(self, role: str, certificate: aws.acm.Certificate, domain: str, zone_id: str) -> aws.route53.Record:
        option = certificate.domain_validation_options.apply(
            # ACM returns the options in no particular order.
            lambda options: next(o for o in options if bare(o.domain_name or "") == domain)
        )
        return aws.route53.Record(
            self.child_name(role),
            zone_id=zone_id,
            name=option.apply(lambda o: o.resource_record_name or ""),
            type="CNAME",
            records=[option.apply(lambda o: o.resource_record_value or "")],
            ttl=300,
            # ACM requires the same record for a name in every region.
            allow_overwrite=True,
            opts=self.child_opts(),
        )
