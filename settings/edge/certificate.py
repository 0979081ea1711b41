"""Settings of a TLS certificate."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from components.naming import record_role
from settings.ids import CertificateArn, HostedZoneId
from settings.model import Fault, Model, refuse
from settings.types import CertificateDomain, CertificateName

__all__ = ["Certificate", "bare"]


def bare(name: str) -> str:
    """The domain at which ACM validates a name: a wildcard and its own domain share one record."""
    return name.removeprefix("*.")


class Certificate(Model):
    """A TLS certificate: an existing one by `arn`, or a new one for `domain`, validated in `zone`; free of charge."""

    arn: CertificateArn | None = None
    """An issued ACM certificate: of the stack's region for a load balancer, of us-east-1 for a distribution."""
    domain: CertificateDomain | None = None
    """The name that the certificate and the DNS record carry. To change that of a load balancer behind a distribution,
    first add the new one to `names`, then swap them (docs/cloudfront.md)."""
    zone: HostedZoneId | None = None
    """The Route 53 zone in which the certificate is validated and the records are made."""
    names: Annotated[tuple[CertificateName, ...], Field(max_length=9)] = ()
    """Further names, each with its own record; one may be a wildcard, such as *.example.com."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """The domain and the further names."""
        return () if self.domain is None else (self.domain, *self.names)

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = []
        if self.arn is None and (self.domain is None or self.zone is None):
            faults.append(Fault("", "needs `arn`, or `domain` with `zone`; add what is missing"))
        if self.arn is not None and self.zone is not None and self.domain is None:
            faults.append(Fault("zone", "has no `domain` to make a record for; remove it, or add `domain`"))
        if self.names and self.domain is None:
            faults.append(Fault("names", "need a `domain`; add it"))
        refuse([*faults, *self._name_faults()])
        return self

    def _name_faults(self) -> list[Fault]:
        faults, seen = [], {self.domain}
        roles = {record_role(self.domain or ""): self.domain}
        for i, name in enumerate(self.names):
            alike = roles.setdefault(record_role(name), name)
            if alike != name and self.zone is not None:
                faults.append(Fault(f"names[{i}]", f"{name} and {alike} differ by dots only; remove it"))
            if name in seen:
                faults.append(Fault(f"names[{i}]", f"{name} is there twice; remove it"))
            elif self.domain is not None and self.zone is not None and not same_zone(name, self.domain):
                faults.append(
                    Fault(
                        f"names[{i}]",
                        f"{name} and {self.domain} cannot be in one zone, and both are validated in {self.zone}; "
                        "remove it, or make the certificate yourself and name its arn",
                    )
                )
            seen.add(name)
        return faults


def same_zone(one: str, other: str) -> bool:
    """Whether two names may be in one public hosted zone: they end alike, in more than a top-level domain."""
    return bare(one).split(".")[-2:] == bare(other).split(".")[-2:]
