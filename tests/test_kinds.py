"""A kind of component carries itself: nothing but its own files and its line of wiring knows its class."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("components", "preview", "settings", "wiring")


class Kind(NamedTuple):
    """Where the name of a store's class, and of the model of its settings, may be."""

    own: tuple[str, ...]
    """Patterns of its settings and component files."""
    wiring: str
    """The one file that creates it."""
    lines: int | None = 1
    """How often it is named there; None where the file is about nothing else."""


KINDS = {
    "Postgres": Kind(
        own=("components/data/postgres*.py", "settings/data/postgres*.py", "settings/rules/postgres.py"),
        wiring="wiring/postgres.py",
        lines=None,
    ),
    "Redis": Kind(own=("components/data/redis*.py", "settings/data/redis*.py"), wiring="wiring/redis.py", lines=None),
    "RedisServerless": Kind(own=("components/data/redis_serverless.py",), wiring="wiring/redis.py", lines=None),
    "Bucket": Kind(own=("components/data/bucket*.py", "settings/data/buckets.py"), wiring="wiring/data.py"),
    "Queue": Kind(own=("components/data/queue.py", "settings/data/queues.py"), wiring="wiring/queues.py", lines=None),
    "FileSystem": Kind(
        own=("components/data/file_system.py", "settings/data/file_systems.py"),
        wiring="wiring/file_systems.py",
        lines=None,
    ),
    "Table": Kind(own=("components/data/table*.py", "settings/data/tables.py"), wiring="wiring/data.py"),
}
PACKAGE = "settings/data/__init__.py"
"""The keys of the area, and those by which services and tasks use its stores."""
WATCHED = ("Distribution", "HttpApi", "LoadBalancer", "Reminders", "Route", "Service")


@cache
def trees() -> Mapping[str, ast.Module]:
    paths = [ROOT / "__main__.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in sorted(paths)}


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Every name that the code uses, except those of the provider, such as `aws.sqs.Queue`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]
        elif isinstance(node, ast.Attribute) and _root(node) != "aws":
            yield node.attr


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


@cache
def named() -> Mapping[str, frozenset[str]]:
    return {path: frozenset(identifiers(tree)) for path, tree in trees().items()}


def naming(identifier: str) -> set[str]:
    return {path for path, names in named().items() if identifier in names}


def own_files(kind: Kind) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for pattern in kind.own for path in ROOT.glob(pattern)}


def uses(identifier: str, tree: ast.Module) -> list[int]:
    """The lines that use a name, the import of it apart."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == identifier)
        or (isinstance(node, ast.Attribute) and node.attr == identifier and _root(node) != "aws")
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_store_s_class_is_named_in_its_own_files_and_where_it_is_created(name: str) -> None:
    kind = KINDS[name]
    assert all(list(ROOT.glob(pattern)) for pattern in kind.own)
    assert naming(name) - own_files(kind) - {PACKAGE} == {kind.wiring}


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.lines is not None])
def test_a_store_that_needs_nothing_but_its_key_is_one_line_of_wiring(name: str) -> None:
    kind = KINDS[name]
    assert len(uses(name, trees()[kind.wiring])) == kind.lines


OF_TABLES = {"Table", "TableMonitoring", "table_metrics", "table_variable"}


def test_a_new_store_is_six_source_files() -> None:
    """Model, component, monitoring, the keys that name it, a line of wiring, its outputs; `preview/` has facts only."""
    found = {path for path, tree in trees().items() if OF_TABLES & named()[path] or list(entries("tables", tree))}
    assert sorted(path for path in found if not path.startswith("preview/")) == [
        "components/data/table.py",
        "components/data/table_monitoring.py",
        "settings/data/__init__.py",
        "settings/data/tables.py",
        "settings/outputs.py",
        "wiring/data.py",
    ]


def entries(key: str, tree: ast.AST) -> Iterator[ast.AST]:
    """Where the code names entries of the settings: `data.tables`, or the text `tables`."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Constant) and node.value == key) or (
            isinstance(node, ast.Attribute) and node.attr == key and ast.unparse(node.value).split(".")[-1] == "data"
        ):
            yield node


@pytest.mark.parametrize("name", sorted({*WATCHED, *KINDS} - {"FileSystem"}))
def test_a_kind_s_monitoring_is_named_by_the_kind_alone(name: str) -> None:
    component, monitoring = sorted(naming(f"{name}Monitoring"))
    assert component.startswith("components/")
    assert monitoring == component.replace(".py", "_monitoring.py")


@cache
def component_classes() -> frozenset[str]:
    """The classes below `components/`."""
    found = [
        node.name
        for path, tree in trees().items()
        if path.startswith("components/")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    return frozenset(found)


def asked_kinds(tree: ast.AST, classes: frozenset[str]) -> Iterator[str]:
    """Where the code asks of what class something is: `isinstance`, `issubclass`, and class patterns of `match`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("isinstance", "issubclass"):
            if classes & set(identifiers(node.args[1])):
                yield ast.unparse(node)
        elif isinstance(node, ast.MatchClass) and classes & set(identifiers(node.cls)):
            yield ast.unparse(node)


def test_wiring_asks_no_component_of_what_class_it_is() -> None:
    wiring = {path: tree for path, tree in trees().items() if path.startswith(("wiring/", "__main__"))}
    assert {
        path: asked for path, tree in wiring.items() if (asked := list(asked_kinds(tree, component_classes())))
    } == {}


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("isinstance(store, Redis)", ["isinstance(store, Redis)"]),
        ("isinstance(store, (str, redis.Redis))", ["isinstance(store, (str, redis.Redis))"]),
        ("isinstance(store, Redis | None)", ["isinstance(store, Redis | None)"]),
        ("match store:\n    case Redis(): pass", ["Redis()"]),
        ("isinstance(target, RedisTarget)", []),
        ("stores = redis_stores(Redis)", []),
    ],
)
def test_a_question_for_the_class_is_found(code: str, asked: list[str]) -> None:
    assert list(asked_kinds(ast.parse(code), component_classes())) == asked


def test_imports_for_type_checkers_only_are_not_needed() -> None:
    """They hide a cycle."""
    assert naming("TYPE_CHECKING") == set()


def imports(path: str, tree: ast.Module, modules: Mapping[str, str]) -> set[str]:
    """The files of the project that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {modules[alias.name] for alias in node.names if alias.name in modules}
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module in modules:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {modules.get(name, modules[node.module]) for name in names}
    return found - {path}


def test_no_file_imports_itself_by_a_detour() -> None:
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in trees()}
    graph = {path: imports(path, tree, modules) for path, tree in trees().items()}
    assert graph["wiring/monitoring.py"] >= {"components/observability/monitoring.py", "wiring/alarms.py"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))
