"""S3 buckets and what belongs to them: the resources that configure a bucket, and who delivers logs to it."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import statements
from .graph import Stack
from .model import Resource
from .values import UNKNOWN, Node

BUCKETS = ("s3/bucket",)


def satellites_of(stack: Stack, bucket: Resource, *types: str) -> Iterator[tuple[Resource, bool]]:
    """The resources that configure a bucket, each with whether it is certainly this bucket's."""
    index = stack.memo.setdefault("satellites", {})
    for kind in types:
        if kind not in index:
            index[kind] = {}
            for satellite in stack.of(kind):
                for ref in stack.references(satellite, "bucket", BUCKETS):
                    for found in ref.candidates:
                        certain = ref.certain or len(ref.candidates) == 1
                        index[kind].setdefault(found.urn, []).append((satellite, certain))
        yield from index[kind].get(bucket.urn, ())


LOG_TARGETS = (
    ("lb/loadBalancer", "accessLogs.bucket"),
    ("lb/loadBalancer", "connectionLogs.bucket"),
    ("elb/loadBalancer", "accessLogs.bucket"),
    ("s3/bucketLogging", "targetBucket"),
    ("s3/bucket", "logging.targetBucket"),
    ("cloudfront/distribution", "loggingConfig.bucket"),
)
CONFIGURING = (
    "s3/bucketPolicy",
    "s3/bucketAcl",
    "s3/bucketOwnershipControls",
    "s3/bucketPublicAccessBlock",
    "s3/bucketServerSideEncryptionConfiguration",
    "s3/bucketVersioning",
)
LOG_SERVICES = ("logdelivery.elasticloadbalancing.amazonaws.com", "logging.s3.amazonaws.com")


def is_log_bucket(stack: Stack, bucket: Resource) -> object:
    """True for a bucket that load balancers, S3 or CloudFront log to; UNKNOWN when it may be one."""
    if "log buckets" not in stack.memo:
        stack.memo["log buckets"] = _log_buckets(stack)
    sure, perhaps = stack.memo["log buckets"]
    return True if bucket.urn in sure else (UNKNOWN if bucket.urn in perhaps else False)


def _log_buckets(stack: Stack) -> tuple[set[str], set[str]]:
    sure: set[str] = set()
    perhaps: set[str] = set()
    for kind, path in LOG_TARGETS:
        for source in stack.of(kind):
            found = _targets(stack, source, path)
            (sure if len(found) == 1 else perhaps).update(found)
    sure |= _admitting_log_delivery(stack)
    return sure, perhaps - sure


def _targets(stack: Stack, source: Resource, path: str) -> set[str]:
    """The buckets that a property may name: directly, or through what configures one, so that it is there first."""
    refs = stack.resolve(source, [_bucket_name(source.at(path))], BUCKETS)
    if source.at(path).unknown and not any(ref.candidates for ref in refs):
        configuring = stack.sources(source, path.partition(".")[0], CONFIGURING)
        refs = [ref for item in configuring for ref in stack.references(item, "bucket", BUCKETS)]
    return {found.urn for ref in refs for found in ref.candidates}


def _admitting_log_delivery(stack: Stack) -> set[str]:
    """Buckets whose policy lets a log-delivery service write, which may serve a load balancer elsewhere."""
    found: set[str] = set()
    for policy in stack.of("s3/bucketPolicy"):
        read = statements(policy.at("policy")) or ()
        if any(set(item.principals.get("Service", ())) & set(LOG_SERVICES) for item in read if item.allows):
            refs = stack.references(policy, "bucket", BUCKETS)
            found.update(bucket.urn for ref in refs if len(ref.candidates) == 1 for bucket in ref.candidates)
    return found


def _bucket_name(node: Node) -> Node:
    """CloudFront names a log bucket by its domain name."""
    if isinstance(node.value, str) and ".s3." in node.value:
        return Node(node.value.partition(".s3.")[0], node.path)
    return node
