"""Results of the few provider functions that the program may call."""

from __future__ import annotations

from typing import Any

from preview.fakes import digest
from preview.ids import ACCOUNT
from settings.regions import partition_of

__all__ = ["CLOUDFRONT", "call"]


def _list_id(name: object) -> str:
    return f"pl-{digest('aws:ec2/getManagedPrefixList:getManagedPrefixList', str(name))[:8]}"


CLOUDFRONT = _list_id("com.amazonaws.global.cloudfront.origin-facing")
"""The list of addresses from which CloudFront calls its origins."""


def call(token: str, args: dict[str, Any], region: str) -> dict[str, Any]:
    """The result of a provider function, by its token; any other is an error that names it."""
    if token == "aws:index/getCallerIdentity:getCallerIdentity":
        user = "AIDAEXAMPLEEXAMPLE123"
        return {
            "accountId": ACCOUNT,
            "arn": f"arn:aws:iam::{ACCOUNT}:user/preview",
            "userId": user,
            "id": ACCOUNT,
        }
    if token == "aws:index/getPartition:getPartition":
        return {
            "partition": partition_of(region),
            "dnsSuffix": "amazonaws.com",
            "reverseDnsPrefix": "com.amazonaws",
            "id": partition_of(region),
        }
    if token == "aws:ec2/getManagedPrefixList:getManagedPrefixList":
        list_id = _list_id(args.get("name"))
        return {
            "id": list_id,
            "name": args.get("name"),
            "addressFamily": "IPv4",
            "maxEntries": 55,
            "arn": f"arn:aws:ec2:{region}:aws:prefix-list/{list_id}",
            "ownerId": "AWS",
            "version": 1,
            "entries": [],
            "tags": {},
            "region": region,
        }
    raise RuntimeError(
        f"the program calls the function {token}, which an offline preview cannot run; "
        "state the value in the settings, or add its result to preview/invokes.py"
    )
