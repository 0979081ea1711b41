"""Priorities: unique, stable, the narrower route first."""

from __future__ import annotations

import itertools
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.edge.priorities import assign, specificity
from settings.compute.route import Route

SEGMENTS = st.sampled_from(["a", "b", "api", "v1", "admin", "*", "a*", "?", "x?"])
PATHS = st.lists(SEGMENTS, max_size=4).map(lambda parts: "/" + "/".join(parts))
NAMES = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
HOSTS = st.lists(st.sampled_from(["a.example.com", "b.example.com"]), max_size=1, unique=True)


def route(*paths: str, hosts: tuple[str, ...] = (), priority: int | None = None) -> Route:
    return Route(paths=paths or ("/*",), hosts=hosts, health="/", priority=priority)


ROUTES = st.builds(
    lambda paths, hosts, priority: route(*paths, hosts=tuple(hosts), priority=priority),
    st.lists(PATHS, min_size=1, max_size=3, unique=True),
    HOSTS,
    st.none() | st.integers(1, 49999),
)
SERVICES = st.dictionaries(NAMES, ROUTES, max_size=12).filter(
    lambda services: len(explicit := [r.priority for r in services.values() if r.priority]) == len(set(explicit))
)


@given(SERVICES)
def test_unique_within_limits_and_explicit_ones_unchanged(services: dict[str, Route]) -> None:
    priorities = assign(services)
    assert set(priorities) == set(services)
    assert len(set(priorities.values())) == len(priorities)
    assert all(1 <= priority <= 50000 for priority in priorities.values())
    assert all(priorities[name] == r.priority for name, r in services.items() if r.priority is not None)


@given(SERVICES, st.randoms())
def test_order_of_the_file_does_not_matter(services: dict[str, Route], random: object) -> None:
    shuffled = list(services.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign(dict(shuffled)) == assign(services)


@given(SERVICES)
def test_narrower_routes_come_first(services: dict[str, Route]) -> None:
    computed = {name: r for name, r in services.items() if r.priority is None}
    priorities = assign(computed)
    for (one, narrow), (other, wide) in itertools.permutations(computed.items(), 2):
        if bool(narrow.hosts) == bool(wide.hosts):
            smallest = [min(specificity(path) for path in r.paths) for r in (narrow, wide)]
            if smallest[0].prefix > smallest[1].prefix:
                assert priorities[one] < priorities[other]
        elif narrow.hosts:
            assert priorities[one] < priorities[other]


@given(PATHS, PATHS)
def test_a_pattern_comes_before_one_that_covers_it(one: str, other: str) -> None:
    """Each pattern, read as a request, must match the wider one: that which covers all of the other."""
    if one == other or not fnmatchcase(one.replace("?", "q").replace("*", "zz/q"), other):
        return
    if fnmatchcase(other.replace("?", "q").replace("*", "zz/q"), one) or not _is_covered(one, other):
        return
    priorities = assign({"narrow": route(one), "wide": route(other)})
    assert priorities["narrow"] < priorities["wide"]


def _is_covered(one: str, other: str) -> bool:
    replacements = ("", "q", "zz/q", "a", "api/v1")
    return all(fnmatchcase(one.replace("?", "q").replace("*", text), other) for text in replacements)


@pytest.mark.parametrize(
    "paths",
    [
        ("/api/v1/*", "/api/*", "/*"),
        ("/api", "/api*", "/*"),
        ("/api/*/admin/*", "/api/*", "/*"),
        ("/api/*/admin/*", "/api/*/*", "/api/*"),
        ("/grafana*", "/*.png", "/*"),
        ("/prometheus*", "/p*", "/*"),
        ("/" + "a" * 126 + "*", "/" + "a" * 125 + "*", "/*"),
    ],
)
def test_order(paths: tuple[str, ...]) -> None:
    for names in itertools.permutations(["one", "two", "three"]):
        priorities = assign({name: route(path) for name, path in zip(names, paths, strict=True)})
        assert sorted(names, key=priorities.__getitem__) == list(names)


def test_routes_with_hosts_come_first_and_catch_all_last() -> None:
    services = {
        "app": route("/*"),
        "deep": route("/very/long/path/of/a/service/*"),
        "hosted": route("/*", hosts=("a.example.com",)),
    }
    priorities = assign(services)
    assert priorities["hosted"] < priorities["deep"] < priorities["app"]


def test_route_counts_as_its_widest_path() -> None:
    priorities = assign({"wide": route("/very/long/path", "/*"), "narrow": route("/a/*")})
    assert priorities["narrow"] < priorities["wide"]


def test_new_services_change_no_other_priority() -> None:
    """A rule whose priority changes is replaced, and loses the weights that ECS set."""
    services = {f"service-{i}": route(f"/{name}/*") for i, name in enumerate(["users", "items", "carts", "bills"])}
    separately = {name: assign({name: r})[name] for name, r in services.items()}
    assert assign(services) == separately
    assert (
        assign({**services, "app": route("/*"), "more": route("/more/*"), "host": route(hosts=("a.b.com",))}).items()
        >= separately.items()
    )


def test_two_hundred_services_of_one_length() -> None:
    priorities = assign({f"service-{i}": route(f"/service-{i:03}/*") for i in range(200)})
    assert len(set(priorities.values())) == 200


def test_a_full_band_continues_in_the_next() -> None:
    priorities = assign({f"s{i}": route(f"/{'x' * 100}{i:03}") for i in range(60)})
    assert len(set(priorities.values())) == 60


def test_shifting_service_gets_another_number_in_the_same_order() -> None:
    """So that the new rule of a changed strategy is created while the old one still serves."""
    services = {"api": route("/api/*"), "app": route("/*")}
    before, after = assign(services), assign(services, shifting={"api"})
    assert before["api"] != after["api"]
    assert after["api"] < after["app"] == before["app"]


def test_explicit_priority_is_reserved() -> None:
    computed = assign({"api": route("/api/*")})["api"]
    priorities = assign({"api": route("/api/*"), "other": route("/other/*", priority=computed)})
    # The next number is kept for the same service with another strategy.
    assert priorities == {"api": computed + 2, "other": computed}


def apart(services: dict[str, Route]) -> bool:
    """Whether stated priorities leave a number between them, as the settings demand."""
    stated = sorted(r.priority for r in services.values() if r.priority is not None)
    return all(two - one > 1 for one, two in itertools.pairwise(stated))


@given(SERVICES.filter(apart), st.data())
def test_no_change_of_strategies_meets_a_number_of_before(services: dict[str, Route], data: st.DataObject) -> None:
    """A new rule is created while the old ones still serve; `PriorityInUse` would stop every `up`."""
    stated = {name: r for name, r in services.items() if r.priority is not None}
    subsets = st.sets(st.sampled_from(sorted(services))) if services else st.just(set[str]())
    before, after = (assign(services, shifting=data.draw(subsets)) for _ in range(2))
    for numbers in (before, after):
        assert len(set(numbers.values())) == len(numbers)
    for name in stated:
        others = {number for other, number in before.items() if other != name}
        assert after[name] not in others
    in_order = sorted(stated, key=lambda name: stated[name].priority or 0)
    assert sorted(stated, key=before.__getitem__) == sorted(stated, key=after.__getitem__) == in_order


def test_stated_priority_has_a_second_number_for_a_shifted_service() -> None:
    services = {"api": route("/api/*", priority=10), "app": route("/*", priority=12)}
    assert assign(services) == {"api": 10, "app": 12}
    assert assign(services, shifting={"api"}) == {"api": 11, "app": 12}
    assert assign(services, shifting={"api", "app"}) == {"api": 11, "app": 13}


@given(SERVICES.filter(apart), st.data())
def test_a_changed_strategy_moves_no_other_rule(services: dict[str, Route], data: st.DataObject) -> None:
    """AWS refuses a number that another rule has until the end of the `up`."""
    names = sorted(services)
    shifting = set(data.draw(st.lists(st.sampled_from(names), unique=True))) if names else set()
    for name in names:
        before, after = assign(services, shifting - {name}), assign(services, shifting | {name})
        assert before[name] != after[name]
        assert {**before, name: 0} == {**after, name: 0}


def test_numbers_of_many_services_do_not_move_with_a_strategy() -> None:
    services = {f"service-{i}": route(f"/service-{i:03}/*") for i in range(60)}
    before = assign(services)
    for name in services:
        assert {**assign(services, {name}), name: 0} == {**before, name: 0}
