"""The domain name of an HTTP API."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.certificate import Certificate, CertificateArgs
from settings import edge

__all__ = ["ApiDomain", "ApiDomainArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiDomainArgs:
    """Arguments of `ApiDomain`."""

    settings: edge.CustomDomain
    """Name, zone and, optionally, a certificate."""
    api_id: pulumi.Input[str]
    """The API."""
    stage: pulumi.Input[str]
    """The name of its stage."""


class ApiDomain(Component):
    """A custom domain name for one stage of an HTTP API.

    Creates: domain name, API mapping, DNS record, and a certificate unless the settings have one.
    Guarantees: TLS 1.2 or newer; a replaced mapping is deleted first, since a domain has only one mapping per path.
    """

    def __init__(self, name: str, args: ApiDomainArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        settings = args.settings
        domain = aws.apigatewayv2.DomainName(
            self.child_name(),
            domain_name=settings.name,
            domain_name_configuration=aws.apigatewayv2.DomainNameDomainNameConfigurationArgs(
                certificate_arn=self._certificate_arn(settings),
                endpoint_type="REGIONAL",
                security_policy="TLS_1_2",
            ),
            opts=self.child_opts(),
        )
        aws.apigatewayv2.ApiMapping(
            self.child_name("mapping"),
            api_id=args.api_id,
            domain_name=domain.domain_name,
            stage=args.stage,
            opts=self.child_opts(delete_before_replace=True),
        )
        target = domain.domain_name_configuration
        aws.route53.Record(
            self.child_name("record"),
            zone_id=settings.zone,
            name=settings.name,
            type="A",
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=target.target_domain_name,
                    zone_id=target.hosted_zone_id,
                    evaluate_target_health=False,
                )
            ],
            opts=self.child_opts(),
        )
        self.url = pulumi.Output.concat("https://", domain.domain_name)
        self.done(url=self.url)

    def _certificate_arn(self, settings: edge.CustomDomain) -> pulumi.Input[str]:
        if settings.certificate_arn is not None:
            return settings.certificate_arn
        return Certificate(
            self.child_name("certificate"),
            CertificateArgs(domain=settings.name, zone_id=settings.zone),
            opts=self.child_opts(),
        ).arn
