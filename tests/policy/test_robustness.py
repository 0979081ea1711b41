"""No input of a program makes the pack raise, skip a rule silently, or print a secret."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy import policy as sdk

from policy.guardrails import ABSENT, RULES, UNKNOWN, Resource, evaluate
from policy.guardrails import evaluate as package_evaluate
from policy.guardrails.catalogue import PACK
from policy.guardrails.config import parse_config
from policy.guardrails.sdk import cache, pack
from policy.guardrails.types import normalise
from policy.guardrails.values import Node, read
from tests.policy.cases import CASES
from tests.policy.engine import Engine, analyze_request, caching
from tests.policy.support import BY_ID, CANARY, TODAY, masks, res

EVERYTHING = parse_config({"all": "mandatory"} | {"customer-managed-keys": "mandatory"}, BY_ID)
TYPES = sorted({kind for rule in RULES for kind in rule.types})


def property_names() -> list[str]:
    """Every property that a fixture uses, at any depth: random bags are made of these."""
    scenes = [scene for case in CASES.values() for scene in (*case.ok, *case.bad)]
    names = {key for scene in scenes for path in masks(dict(scene.subject.inputs)) for key in path}
    return sorted(key for key in names if isinstance(key, str))


NAMES = st.sampled_from(property_names())
SECRET = st.sampled_from(
    [CANARY, f"postgres://u:{CANARY}@h/d", f'{{"Statement": "{CANARY}"}}', f'[{{"a": "{CANARY}"}}]']
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 70000), st.floats(allow_nan=True), st.just(UNKNOWN), SECRET
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)


@given(kind=st.sampled_from(TYPES), inputs=st.dictionaries(NAMES, TREES, max_size=8))
def test_random_properties_never_raise_and_are_never_echoed(kind: str, inputs: dict[str, Any]):
    name = "subject"
    other = res("kms/key", "key")
    subject = replace(res(kind, name), inputs=inputs, property_dependencies=dict.fromkeys(inputs, (other.urn,)))
    report = evaluate([other, subject], EVERYTHING, today=TODAY)
    assert not report.errors
    assert CANARY not in repr(report)


@given(tree=TREES, path=st.lists(st.one_of(NAMES, st.integers(0, 3).map(lambda n: f"[{n}]")), max_size=5))
def test_read_never_raises(tree: Any, path: list[str]):
    value = read(tree, ".".join(path))
    assert value is not None or not path
    node = Node(value, "x")
    for look in (node.items, node.flag, node.text, node.number, lambda: list(node.entries())):
        look()


def test_a_copy_of_unknown_is_unknown():
    tree = {"a": UNKNOWN, "b": [ABSENT]}
    for copied in (copy.deepcopy(tree), pickle.loads(pickle.dumps(tree))):
        assert copied["a"] is UNKNOWN
        assert copied["b"][0] is ABSENT


def test_read_answers_a_value_absent_or_unknown():
    tree = {"a": {"b": [{"c": 1}, UNKNOWN]}, "n": None, "u": UNKNOWN, "t": "text"}
    assert read(tree, "a.b[0].c") == 1
    assert read(tree, "a.b[1].c") is UNKNOWN
    assert read(tree, "a.b[7].c") is ABSENT
    assert read(tree, "n.x") is ABSENT
    assert read(tree, "u.x[0]") is UNKNOWN
    assert read(tree, "t.x") is UNKNOWN
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """A rule with a bug in it."""

    def fail(ctx: Any) -> Any:
        raise KeyError(ctx.resource.inputs["password"])

    rule = BY_ID["database-not-public"]
    broken_rule = replace(rule, check=fail)
    rules = tuple(broken_rule if item is rule else item for item in RULES)
    module = sys.modules[package_evaluate.__module__]
    monkeypatch.setattr(module, "RULES", rules)
    monkeypatch.setattr(pack, "RULES", rules)
    return rule.id


def test_a_crashed_rule_is_an_error_and_hides_nothing(broken: str):
    database = res("rds/instance", password=CANARY)
    report = evaluate([database], parse_config({}, BY_ID), today=TODAY)
    (error,) = report.errors
    assert (error.policy, error.level, error.urn) == (broken, "mandatory", database.urn)
    assert CANARY not in repr(report)
    assert {"rds-storage-encrypted", "data-in-private-subnets"} <= {item.policy for item in report.violations}
    assert report.mandatory


def test_a_crashed_rule_fails_closed_under_the_engine(broken: str):
    diagnostics = Engine().run([res("rds/instance", password=CANARY)])
    assert [item[1] for item in diagnostics.of(broken)] == ["mandatory"]
    assert diagnostics.of("rds-storage-encrypted")
    assert CANARY not in repr(diagnostics.reported)


@pytest.mark.parametrize(
    ("type_token", "expected"),
    [
        ("aws:s3/bucketV2:BucketV2", "s3/bucket"),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", "s3/bucketVersioning"),
        ("aws:alb/listener:Listener", "lb/listener"),
        ("aws:applicationloadbalancing/loadBalancer:LoadBalancer", "lb/loadBalancer"),
        ("aws:elasticsearch/domain:Domain", "opensearch/domain"),
        ("aws:dynamodb/table:Table", "dynamodb/table"),
        ("awsx:ec2:Vpc", "awsx:ec2:Vpc"),
    ],
)
def test_older_names_of_types(type_token: str, expected: str):
    assert normalise(type_token) == expected


def test_components_are_not_judged():
    component = res("agent-platform:data:Postgres", "main", storageEncrypted=False)
    assert evaluate([component], EVERYTHING, today=TODAY) == evaluate([], EVERYTHING, today=TODAY)


def test_the_cache_is_not_installed_on_an_untested_sdk(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "VERSION", "1.99.0")
    assert not cache.install()
    assert sdk.json_format.__name__ == "google.protobuf.json_format"  # type: ignore[attr-defined]


def test_uninstalling_the_cache_restores_the_sdk():
    before = {name: getattr(sdk, name) for name in ("json_format", "deserialize_properties")}
    with caching(True):
        assert all(getattr(sdk, name) is not stock for name, stock in before.items())
    assert all(getattr(sdk, name) is stock for name, stock in before.items())


def test_threads_do_not_share_a_request():
    """The SDK serves four requests at a time; each gets the verdicts of its own resource."""
    good = res("rds/instance", "good", storageEncrypted=True, publiclyAccessible=False)
    bad = res("rds/instance", "bad", publiclyAccessible=True)
    wrong: list[str] = []
    with caching(True):
        engine = Engine()

        def serve(resource: Resource, expect: bool) -> None:
            request = analyze_request(resource)
            for _ in range(60):
                response = engine.servicer.Analyze(request, None)
                violated = any(item.policyName == "database-not-public" for item in response.diagnostics)
                if violated is not expect:
                    wrong.append(resource.name)

        threads = [threading.Thread(target=serve, args=pair) for pair in ((good, False), (bad, True)) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_the_rules_need_nothing_but_the_standard_library():
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('pulumi', 'pulumi_policy', 'pulumi_aws', 'google')))\n"
        "import policy.guardrails as guardrails; assert len(guardrails.RULES) > 50"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_pack_runs_from_its_own_folder_alone():
    """Only `policy/` is published: the inner package must not reach outside."""
    code = "from guardrails.sdk import Session, build_policies; print(len(build_policies(Session())))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PACK, check=True, capture_output=True, text=True)
    assert int(done.stdout) == len(RULES) + 2


def test_the_pack_serves_the_engine():
    """As the engine runs it: the folder as a program, its port on standard output."""
    process = subprocess.Popen([sys.executable, str(PACK)], cwd=PACK, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = analyzer_pb2_grpc.AnalyzerStub(channel)
            info = stub.GetAnalyzerInfo(empty_pb2.Empty())
            diagnostics = stub.Analyze(analyze_request(res("rds/instance", publiclyAccessible=True)))
        assert [item.name for item in info.policies][-2:] == ["undecided", "exemptions"]
        assert len(info.policies) == len(RULES) + 2
        assert "database-not-public" in {item.policyName for item in diagnostics.diagnostics}
    finally:
        process.kill()
        process.wait()
