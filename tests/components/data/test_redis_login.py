"""Authentication of a Redis store with nodes: by token, or by user and password; both rotate without an outage."""

from __future__ import annotations

import json
from typing import Any

import pytest

from preview.plan import Plan
from tests.components.data.redis_stores import GROUP, KEY, SECRET, TOKEN, USER, USERS, redis_plan, urls
from tests.recording import children, one


def group(plan: Plan, phase: str = "deployed") -> dict[str, Any]:
    return one(plan.phases[phase], GROUP).inputs  # type: ignore[index]


@pytest.mark.parametrize(
    ("tokens", "newest", "strategy"),
    [
        ([1], "cache-token-1", "ROTATE"),
        ([1, 2], "cache-token-2", "ROTATE"),
        ([2], "cache-token-2", "SET"),
        ([2, 3], "cache-token-3", "ROTATE"),
        ([3], "cache-token-3", "SET"),
    ],
)
def test_a_token_is_rotated_first_and_then_the_only_one(tokens: list[int], newest: str, strategy: str) -> None:
    """Pitfall 44: ROTATE keeps the old token valid until SET. SET alone is an outage, ROTATE alone revokes nothing."""
    plan = redis_plan(tokens=tokens)
    inputs = group(plan)
    assert inputs["authToken"] == one(plan.phases["deployed"], TOKEN, newest).outputs["result"]
    assert inputs["authTokenUpdateStrategy"] == strategy


def test_elasticache_accepts_the_tokens() -> None:
    """16 to 128 characters, none of @ " / (pitfall 44)."""
    inputs = one(redis_plan().phases["preview"], TOKEN).inputs
    assert (inputs["length"], inputs["special"]) == (64, False)


def test_no_token_in_plain_text() -> None:
    plan = redis_plan()
    token = one(plan.phases["deployed"], TOKEN).outputs["result"]
    assert token in urls(plan)["url_1"]
    assert token not in json.dumps(plan.to_json())
    assert "authToken" in one(plan.phases["deployed"], GROUP).secret


def test_the_secret_holds_whole_urls_with_every_accepted_token() -> None:
    """A deployment may roll back to a revision that reads the older one."""
    plan = redis_plan(tokens=[1, 2])
    phase = plan.phases["deployed"]
    host = one(phase, GROUP).outputs["primaryEndpointAddress"]
    tokens = {n: one(phase, TOKEN, f"cache-token-{n}").outputs["result"] for n in (1, 2)}
    expected = {f"url_{n}": f"rediss://:{token}@{host}:6379/0" for n, token in tokens.items()}
    assert urls(plan) == {"host": host, "port": 6379, **expected}
    assert one(phase, SECRET).inputs["kmsKeyId"] == KEY


def test_services_get_the_newest_url_and_may_read_this_secret_only() -> None:
    plan = redis_plan(tokens=[1, 2])
    outputs = plan.phases["deployed"].outputs
    secret = one(plan.phases["deployed"], SECRET).outputs["arn"]
    assert outputs["environment"] == {}
    assert outputs["secrets"] == {"REDIS_URL": f"{secret}:url_2::"}
    assert outputs["actions"] == [["secretsmanager:GetSecretValue"], ["kms:Decrypt"]]
    assert outputs["resources"] == [[secret], [KEY]]
    assert outputs["endpoint"].endswith(":6379")


def test_children_of_rbac() -> None:
    for phase in redis_plan(auth="rbac").phases.values():
        names = {name for type_, name in children(phase) if type_ in (USER, USERS, TOKEN)}
        assert names == {
            "cache-users",
            "cache-users-app",
            "cache-users-default",
            "cache-users-default-password",
            "cache-users-password-1",
        }


def test_rbac_instead_of_a_token() -> None:
    """A group that had a token refuses users unless the same request deletes it; a new group ignores that."""
    plan = redis_plan(auth="rbac")
    inputs = group(plan)
    assert inputs["userGroupIds"] == [one(plan.phases["deployed"], USERS).inputs["userGroupId"]]
    assert inputs["authTokenUpdateStrategy"] == "DELETE"
    assert "authToken" not in inputs
    assert "userGroupIds" not in group(redis_plan())


def test_the_app_may_neither_block_nor_wipe_the_store() -> None:
    user = one(redis_plan(auth="rbac").phases["deployed"], USER, "cache-users-app").inputs
    # INFO belongs to the dangerous commands, but clients ask it whether the server is ready.
    assert user["accessString"] == "on ~* &* +@all -@dangerous +info"
    assert user["userName"] == "app"
    assert "noPasswordRequired" not in user


def test_the_default_user_exists_and_is_disabled() -> None:
    """A group of engine redis without a user of this name is refused (DefaultUserRequired)."""
    plan = redis_plan(auth="rbac")
    phase = plan.phases["deployed"]
    default = one(phase, USER, "cache-users-default")
    assert (default.inputs["userName"], default.inputs["accessString"]) == ("default", "off ~* -@all")
    assert default.inputs["passwords"] == [one(phase, TOKEN, "cache-users-default-password").outputs["result"]]
    assert default.inputs["userId"] in one(phase, USERS).inputs["userIds"]


@pytest.mark.parametrize("engine", ["valkey", "redis"])
def test_users_have_an_engine_that_stores_of_both_engines_accept(engine: str) -> None:
    """A store that changes to valkey would get a group of valkey while it is still redis, which AWS refuses."""
    phase = redis_plan(auth="rbac", engine=engine).phases["deployed"]
    users_and_groups = [*phase.of_type(USER), *phase.of_type(USERS)]
    assert {record.inputs["engine"] for record in users_and_groups} == {"redis"}


@pytest.mark.parametrize(("tokens", "newest"), [([1], 1), ([1, 2], 2), ([2], 2)])
def test_passwords_rotate_as_tokens_do(tokens: list[int], newest: int) -> None:
    plan = redis_plan(auth="rbac", tokens=tokens)
    phase = plan.phases["deployed"]
    passwords = [one(phase, TOKEN, f"cache-users-password-{n}").outputs["result"] for n in tokens]
    assert one(phase, USER, "cache-users-app").inputs["passwords"] == passwords
    host = one(phase, GROUP).outputs["primaryEndpointAddress"]
    expected = {
        f"url_app_{n}": f"rediss://app:{password}@{host}:6379/0" for n, password in zip(tokens, passwords, strict=True)
    }
    assert urls(plan) == {"host": host, "port": 6379, **expected}
    secret = one(phase, SECRET).outputs["arn"]
    # Another key than the token's, so that a change from token to rbac redeploys the services, too.
    assert phase.outputs["secrets"] == {"REDIS_URL": f"{secret}:url_app_{newest}::"}


def test_elasticache_accepts_the_passwords() -> None:
    for password in redis_plan(auth="rbac").phases["preview"].of_type(TOKEN):
        assert (password.inputs["length"], password.inputs["special"]) == (64, False)


def test_no_password_in_plain_text() -> None:
    plan = redis_plan(auth="rbac")
    phase = plan.phases["deployed"]
    for name in ("cache-users-password-1", "cache-users-default-password"):
        assert one(phase, TOKEN, name).outputs["result"] not in json.dumps(plan.to_json())
    for user in phase.of_type(USER):
        assert any(path.startswith("passwords") for path in user.secret)


def test_ids_of_users_fit() -> None:
    phase = redis_plan(auth="rbac").phases["deployed"]
    ids = {record.inputs["userId"] for record in phase.of_type(USER)} | {one(phase, USERS).inputs["userGroupId"]}
    assert ids == {"test-cache-app", "test-cache-default", "test-cache-users"}
