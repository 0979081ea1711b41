"""Metric math: what it says, and what it comes to."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from components.observability.expression import Expression, highest, share, total
from components.values import Metric


def metric(name: str) -> Metric:
    return Metric(namespace="AWS/ApplicationELB", name=name, dimensions={"LoadBalancer": "app/it"}, statistic="Sum")


class _Period(ast.NodeTransformer):
    """Turns metric math over one period into Python; a metric that is not in `data` has none."""

    def __init__(self, data: Mapping[str, float]) -> None:
        self.data = data

    def visit_Call(self, node: ast.Call) -> ast.AST:
        assert isinstance(node.func, ast.Name)
        if node.func.id == "IF":
            test, yes, no = (self.visit(argument) for argument in node.args)
            return ast.IfExp(test=test, body=yes, orelse=no)
        assert node.func.id == "FILL", node.func.id
        metric, fill = node.args
        assert isinstance(metric, ast.Name)
        assert isinstance(fill, ast.Constant)
        return ast.Constant(self.data.get(metric.id, fill.value))


def value(expression: Expression, **data: float) -> float:
    tree = ast.fix_missing_locations(_Period(data).visit(ast.parse(expression.text, mode="eval")))
    return eval(compile(tree, "metric math", "eval"), {"__builtins__": {}})


ERRORS = share("error rate %", [metric("ELB"), metric("Target")], metric("Requests"), at_least=100)


@pytest.mark.parametrize(
    ("requests", "balancer", "targets", "percent"),
    [
        (1000, 4, 6, 1),
        (1000, 4, 7, 1.1),
        (1000, None, 50, 5),
        (1000, None, None, 0),
        (None, None, None, 0),
        (99, 0, 1, 0),
        (3, None, 1, 0),
        (100, None, 2, 2),
    ],
)
def test_share(requests: float | None, balancer: float | None, targets: float | None, percent: float) -> None:
    data = {"whole": requests, "m0": balancer, "m1": targets}
    assert value(ERRORS, **{id_: one for id_, one in data.items() if one is not None}) == pytest.approx(percent)


def test_a_load_balancer_without_any_target_counts_no_requests_and_yet_fails_all() -> None:
    assert value(ERRORS, m0=500) == 100
    assert value(ERRORS, whole=20, m0=500) == 100


def test_share_knows_its_metrics() -> None:
    assert {id_: one.name for id_, one in ERRORS.metrics.items()} == {"whole": "Requests", "m0": "ELB", "m1": "Target"}


def test_total() -> None:
    assert value(total("5xx", [metric("a"), metric("b")]), m1=3) == 3


def test_highest_of_one_is_that_one() -> None:
    assert highest("CPU", [metric("a")]) == metric("a")
    several = highest("CPU", [metric("a"), metric("b")])
    assert isinstance(several, Expression)
    assert several.text == "MAX([m0, m1])"
