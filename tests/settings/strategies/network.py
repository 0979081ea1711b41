"""Random networks."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.frame import Frame, some_of

__all__ = ["networking"]


@st.composite
def networking(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    """A network of the stack's own, or one that exists already."""
    zones = [f"{frame.region}{zone}" for zone in "abcdef"[: draw(st.integers(2, 4))]]
    found: dict[str, Any] = {
        "zones": zones,
        "endpoints": draw(some_of(["ecr.api", "logs", "sts", "bedrock-runtime"], 4)),
    }
    if frame.existing:
        return {**found, **draw(_existing(frame, len(zones)))}
    if frame.closed:
        found |= {"nat": "none", "egress": "aws-only"}
    else:
        found["nat"] = draw(st.sampled_from(["single", "per-zone", "instance"]))
    found["endpoints"] += draw(some_of(["dynamodb"], 1))
    cidr = draw(st.sampled_from(["10.0.0.0/16", "172.16.0.0/20", "192.168.4.0/22"]))
    return {**found, "cidr": cidr, "flow_logs": draw(st.sampled_from([{}, {"traffic": "REJECT"}]))}


@st.composite
def _existing(draw: st.DrawFn, frame: Frame, zones: int) -> dict[str, Any]:
    tiers = {tier: [f"subnet-{tier}{i:07x}" for i in range(zones)] for tier in "abc"}
    existing: dict[str, Any] = {
        "vpc_id": "vpc-0a1b2c3d",
        "public_subnet_ids": tiers["a"],
        "private_subnet_ids": tiers["b"],
    }
    if draw(st.booleans()):
        existing["isolated_subnet_ids"] = tiers["c"]
    if not frame.closed:
        return {"egress": "internet", "existing": existing}
    existing |= {"s3_prefix_list_id": "pl-63a5400a", "dynamodb_prefix_list_id": "pl-02cd2c6b"}
    if draw(st.booleans()):
        existing["endpoints"] = {"services": ["ssm", "kms"], "security_group_id": "sg-0a1b2c3d"}
    return {"egress": "aws-only", "existing": existing}
