"""Published values: what a permission, an endpoint, a metric and an injection hold."""

from __future__ import annotations

import dataclasses

import pytest

from components.values import Injection, Metric, Peer, Permission


def test_a_wildcard_needs_its_reason() -> None:
    with pytest.raises(ValueError, match=r"a permission for s3:GetObject, s3:PutObject on \* needs its reason"):
        Permission(actions=["s3:GetObject", "s3:PutObject"], resources=["*"])
    with pytest.raises(ValueError, match="needs its reason"):
        Permission(actions=["s3:*"], resources=["arn:aws:s3:::a", "*"])
    made = Permission(actions=["ecr:GetAuthorizationToken"], resources=["*"], reason="the action knows no resource")
    assert made.resources == ["*"]


def test_a_named_resource_needs_none() -> None:
    assert Permission(actions=["s3:GetObject"], resources=["arn:aws:s3:::a/*"]).conditions == {}


def test_a_client_has_no_port() -> None:
    assert Peer(name="job", security_group_id="sg-1").port is None


def test_an_empty_injection_gives_nothing() -> None:
    empty = Injection()
    assert [getattr(empty, field.name) for field in dataclasses.fields(empty)] == [{}, {}, (), ()]


def test_metric_defaults() -> None:
    metric = Metric(namespace="AWS/ECS", name="CPUUtilization", dimensions={"ServiceName": "x"})
    assert (metric.statistic, metric.period_s, metric.label) == ("Average", 60, "")


@pytest.mark.parametrize(
    "value",
    [
        Peer(name="x", security_group_id="sg-1"),
        Permission(actions=["a:b"], resources=["c"]),
        Metric(namespace="n", name="m", dimensions={}),
        Injection(),
    ],
)
def test_values_are_frozen(value: object) -> None:
    """Nobody changes what somebody else published."""
    first = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, "other")
