"""The account that components are tested in."""

from __future__ import annotations

from typing import Any

from components.aws import Account

__all__ = ["ACCOUNT", "ACCOUNT_ID", "account"]

ACCOUNT_ID = "123456789012"


def account(**fields: Any) -> Account:
    """The account, with other fields where they are given."""
    return Account(
        **{"id": ACCOUNT_ID, "region": "us-east-1", "partition": "aws", "dns_suffix": "amazonaws.com"} | fields
    )


ACCOUNT = account()
