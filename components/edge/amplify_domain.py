"""The domain name of a web app on Amplify."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from settings.edge import amplify

__all__ = ["AmplifyDomain", "AmplifyDomainArgs"]

# The hosted zone of every CloudFront distribution, Amplify's included.
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifyDomainArgs:
    """Arguments of `AmplifyDomain`."""

    settings: amplify.AmplifyDomain
    """Name and zone."""
    app_id: pulumi.Input[str]
    """The app."""
    branch_name: pulumi.Input[str]
    """The branch that answers at the name."""


class AmplifyDomain(Component):
    """A domain name for one branch of a web app, with a certificate managed by Amplify, free of charge.

    Creates: the domain association, the validation record of the certificate, and an alias record for the name.
    Guarantees: `up` does not wait for the certificate, since its validation record is created after the association;
    the validation record is shared with other certificates for the same name; a replaced association is deleted first,
    since Amplify accepts a name only once.
    """

    def __init__(self, name: str, args: AmplifyDomainArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        association = aws.amplify.DomainAssociation(
            self.child_name(),
            app_id=args.app_id,
            domain_name=settings.name,
            sub_domains=[aws.amplify.DomainAssociationSubDomainArgs(branch_name=args.branch_name, prefix="")],
            wait_for_verification=False,
            # Amplify reports its managed certificate there, which is not an input.
            opts=self.child_opts(delete_before_replace=True, ignore_changes=["certificateSettings"]),
        )
        validation = association.certificate_verification_dns_record
        aws.route53.Record(
            self.child_name("validation"),
            zone_id=settings.zone,
            name=validation.apply(lambda record: _word(record, 0)),
            type="CNAME",
            records=[validation.apply(lambda record: _word(record, 2))],
            ttl=300,
            allow_overwrite=True,
            opts=self.child_opts(),
        )
        aws.route53.Record(
            self.child_name("record"),
            zone_id=settings.zone,
            name=settings.name,
            type="A",
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=association.sub_domains.apply(lambda subdomains: _word(subdomains[0].dns_record or "", -1)),
                    zone_id=_CLOUDFRONT_ZONE,
                    evaluate_target_health=False,
                )
            ],
            opts=self.child_opts(),
        )
        self.url = pulumi.Output.concat("https://", association.domain_name)
        self.done(url=self.url)


def _word(record: str, index: int) -> str:
    """One word of a record as Amplify returns it: `<name> CNAME <target>`, without a name for the domain itself."""
    words = record.split()
    return words[index] if words else ""
