"""Buckets and their access logs."""

from __future__ import annotations

from collections.abc import Mapping

from components.data.bucket import Bucket, BucketArgs
from components.data.bucket_logs import BucketLogs, BucketLogsArgs, Logged
from components.data.key import Key
from settings import Settings
from wiring.site import Site

__all__ = ["buckets"]


def buckets(site: Site, settings: Settings, key: Key) -> Mapping[str, Bucket]:
    """The stack's buckets, and one more for the logs of those that are logged."""
    found = {
        name: Bucket(name, BucketArgs(settings=wanted, key_arn=key.arn, protect=site.protect), opts=site.inherit)
        for name, wanted in settings.data.buckets.items()
    }
    sources = {
        name: Logged(name=found[name].name, arn=found[name].arn, days=wanted.access_log_days)
        for name, wanted in settings.data.buckets.items()
        if wanted.access_logs
    }
    if sources:
        args = BucketLogsArgs(sources=sources, account_id=site.account_id, protect=site.protect)
        BucketLogs("bucket-logs", args, opts=site.inherit)
    return found
