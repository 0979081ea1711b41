"""Made-up texts by the name of a property: ids, addresses and ARNs in AWS's form."""

from __future__ import annotations

import re

from preview.ids import ACCOUNT, uuid
from settings.regions import partition_of

__all__ = ["arn", "known"]

_ARN_FORMS = (
    (r"role$", "iam", "role/{short}", False),
    (r"(kms|^)key$|kms", "kms", "key/{uuid}", True),
    (r"certificate$", "acm", "certificate/{uuid}", True),
    (r"topic$", "sns", "{short}", True),
    (r"secret$", "secretsmanager", "secret:{short}-{h6}", True),
    (r"loggroup$", "logs", "log-group:{short}", True),
)
_EC2_IDS = {
    "vpc": "vpc",
    "subnet": "subnet",
    "securitygroup": "sg",
    "networkinterface": "eni",
    "routetable": "rtb",
    "networkacl": "acl",
    "association": "eipassoc",
    "instance": "i",
    "prefixlist": "pl",
}
_EC2_ID = re.compile(rf"({'|'.join(_EC2_IDS)})ids?$", re.IGNORECASE)
_HEX = 17


def arn(prop: str, digest: str, region: str, service: str = "") -> str:
    """An ARN for a property of which only the name is known (`kmsKeyArn`, `certificateArn`).

    `service` is that of the resource, to which the ARN of anything else belongs, too.
    """
    subject = prop[:-1] if prop.endswith("s") else prop
    subject = subject.removesuffix("Arn").removesuffix("ARN") or "resource"
    parts = {"short": digest[:12], "h6": digest[:6], "uuid": uuid(digest)}
    for pattern, owner, form, regional in _ARN_FORMS:
        if re.search(pattern, subject.lower()):
            where = region if regional else ""
            return f"arn:{partition_of(region)}:{owner}:{where}:{ACCOUNT}:{form.format(**parts)}"
    return f"arn:{partition_of(region)}:{service or subject.lower()}:{region}:{ACCOUNT}:{subject}/{digest[:12]}"


def known(prop: str, digest: str, region: str) -> str | None:
    """The text of a property whose name says its form; None for any other."""
    lower = prop.lower()
    if lower.endswith("securitygroups"):
        return f"sg-{digest[:_HEX]}"
    if found := _EC2_ID.search(prop):
        return f"{_EC2_IDS[found[1].lower()]}-{digest[:_HEX]}"
    if lower.endswith("accountid") or prop in ("ownerId", "registryId"):
        return ACCOUNT
    if lower.endswith("kmskeyid"):
        return arn("kmsKeyArn", digest, region)
    if lower.endswith("zoneid"):
        return f"Z{digest[:13].upper()}"
    if lower.startswith("availabilityzone"):
        return f"{region}a"
    if lower in ("publicip", "carrierip", "customerownedip"):
        return f"203.0.113.{_octet(digest)}"
    if re.search(r"(ip|ipaddress|ipv4address|ipv4)$", lower):
        return f"10.0.0.{_octet(digest)}"
    if re.search(r"ipv6(s|address|addresses)?$", lower):
        return f"2001:db8::{digest[:4]}"
    return None


def _octet(digest: str) -> int:
    return int(digest[:2], 16) % 254 + 1
