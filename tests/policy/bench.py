"""What the pack costs: per resource through the SDK's servicer, and for a whole stack."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping

from policy.guardrails import Resource, evaluate
from policy.guardrails.catalogue import profile_document
from policy.guardrails.config import parse_config
from tests.policy.cases import CASES
from tests.policy.engine import Engine, analyze_request, caching, stack_request
from tests.policy.shapes import Vpc, deployed
from tests.policy.support import BY_ID, TODAY

STRICT = profile_document("strict")


def resources(count: int) -> list[Resource]:
    """Fixtures of all rules and whole networks, repeated under fresh URNs and padded."""
    padding = {f"padding{index}": {"name": "x", "value": index} for index in range(12)}
    stack: list[Resource] = []
    for turn in range(count):
        if len(stack) >= count:
            break
        pool = [item for case in CASES.values() for scene in case.ok for item in scene.resources]
        pool += deployed(Vpc.random(turn))
        stack += [_renamed(item, turn, padding) for item in {item.urn: item for item in pool}.values()]
    return stack[:count]


def _renamed(item: Resource, turn: int, padding: Mapping[str, object]) -> Resource:
    def name(urn: str) -> str:
        return f"{urn}-{turn}"

    return Resource(
        name(item.urn),
        item.type,
        f"{item.name}-{turn}",
        {**padding, **item.inputs},
        dependencies=tuple(map(name, item.dependencies)),
        property_dependencies={key: tuple(map(name, urns)) for key, urns in item.property_dependencies.items()},
        id=f"{item.id}-{turn}" if item.id else None,
        outputs=item.outputs,
    )


def _seconds(run: Callable[[], object], repeat: int = 3) -> float:
    times = []
    for _ in range(repeat):
        gc.collect()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bench_servicer(count: int = 400, cached: bool = True) -> float:
    """Milliseconds per resource for every resource policy of the pack, through the SDK's own servicer."""
    requests = [analyze_request(item) for item in resources(count)]
    engine = Engine(STRICT)

    def run() -> None:
        for request in requests:
            engine.servicer.Analyze(request, None)

    with caching(cached):
        return _seconds(run) * 1000 / count


def bench_stack(count: int = 2000, cached: bool = True) -> float:
    """Seconds for every stack policy of the pack on one stack, through the SDK's own servicer."""
    stack = resources(count)
    engine = Engine(STRICT)
    with caching(cached):
        for item in stack:
            engine.servicer.Analyze(analyze_request(item), None)
        request = stack_request(stack)
        return _seconds(lambda: engine.servicer.AnalyzeStack(request, None))


def bench_direct(count: int = 2000) -> float:
    """Seconds for the whole pack without the SDK, as the offline preview calls it."""
    stack = resources(count)
    config = parse_config(STRICT, BY_ID)
    return _seconds(lambda: evaluate(stack, config, today=TODAY))
