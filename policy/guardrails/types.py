"""One name per AWS resource type, for all tokens that programs and older states use."""

from __future__ import annotations

from functools import lru_cache

_MODULES = {
    "alb": "lb",
    "applicationloadbalancing": "lb",
    "elasticloadbalancingv2": "lb",
    "elasticloadbalancing": "elb",
    "elasticsearch": "opensearch",
}
_S3_V2 = "V2"


@lru_cache(maxsize=4096)
def normalise(token: str) -> str:
    """`aws:alb/listener:Listener` → `lb/listener`; other types are unchanged."""
    if not token.startswith("aws:"):
        return token
    path = token.split(":")[1]
    module, _, kind = path.partition("/")
    if module == "s3" and kind.endswith(_S3_V2):
        kind = kind.removesuffix(_S3_V2)
    return f"{_MODULES.get(module, module)}/{kind}"


def is_external(token: str) -> bool:
    """True for types that may supply ids from outside the stack, such as stack references."""
    return token == "pulumi:pulumi:StackReference"
