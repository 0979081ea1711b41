"""S3 buckets: the resources that configure a bucket, and the services that deliver logs to it."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import statements
from .graph import Stack
from .resource import Resource
from .values import UNKNOWN, Node

BUCKETS = ("s3/bucket",)


def bucket_configuration(stack: Stack, bucket: Resource, *types: str) -> Iterator[tuple[Resource, bool]]:
    """The resources that configure a bucket, each with whether it certainly belongs to this bucket."""
    index = stack.memo.setdefault("bucket configuration", {})
    for kind in types:
        if kind not in index:
            index[kind] = {}
            for configuration in stack.of(kind):
                for ref in stack.references(configuration, "bucket", BUCKETS):
                    for candidate in ref.candidates:
                        certain = ref.certain or len(ref.candidates) == 1
                        index[kind].setdefault(candidate.urn, []).append((configuration, certain))
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
    certain, possible = stack.memo["log buckets"]
    return True if bucket.urn in certain else (UNKNOWN if bucket.urn in possible else False)


def _log_buckets(stack: Stack) -> tuple[set[str], set[str]]:
    certain: set[str] = set()
    possible: set[str] = set()
    for kind, path in LOG_TARGETS:
        for source in stack.of(kind):
            targets = _targets(stack, source, path)
            (certain if len(targets) == 1 else possible).update(targets)
    certain |= _log_delivery_allowed(stack)
    return certain, possible - certain


def _targets(stack: Stack, source: Resource, path: str) -> set[str]:
    """The buckets that a property may name: directly, or through a resource that configures one."""
    refs = stack.resolve(source, [_bucket_name(source.at(path))], BUCKETS)
    if source.at(path).unknown and not any(ref.candidates for ref in refs):
        configuring = stack.sources(source, path.partition(".")[0], CONFIGURING)
        refs = [ref for item in configuring for ref in stack.references(item, "bucket", BUCKETS)]
    return {bucket.urn for ref in refs for bucket in ref.candidates}


def _log_delivery_allowed(stack: Stack) -> set[str]:
    """Buckets whose policy lets a log-delivery service write: a load balancer of another stack may log to them."""
    buckets: set[str] = set()
    for policy in stack.of("s3/bucketPolicy"):
        policy_statements = statements(policy.at("policy")) or ()
        if any(
            set(item.principals.get("Service", ())) & set(LOG_SERVICES) for item in policy_statements if item.allows
        ):
            refs = stack.references(policy, "bucket", BUCKETS)
            buckets.update(bucket.urn for ref in refs if len(ref.candidates) == 1 for bucket in ref.candidates)
    return buckets


def _bucket_name(node: Node) -> Node:
    """CloudFront names a log bucket by its domain name."""
    if isinstance(node.value, str) and ".s3." in node.value:
        return Node(node.value.partition(".s3.")[0], node.path)
    return node
