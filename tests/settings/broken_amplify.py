"""Broken stack files: the web app on Amplify."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import CANARY, Broken

__all__ = ["BROKEN"]

_APP = "edge.amplify"
_TOKEN = "ghp_" + "a" * 36
_BRANCHES: dict[str, Any] = {"main": {}}
_DOMAIN = {"name": "app.example.com", "zone": "Z0123456789ABCDEFGHIJ"}


def _app(**settings: Any) -> dict[str, Any]:
    return {"branches": _BRANCHES, **settings}


BROKEN = [
    Broken(
        "a GitHub token in the clear",
        _APP,
        _app(repository="https://github.com/example/web", token=CANARY),
        f"{_APP}.token",
        "must not be in the stack file in plain text",
        "write token_from: amplify:github_token",
    ),
    Broken(
        "a token in the clear by its old name",
        _APP,
        _app(oauth_token=CANARY),
        f"{_APP}.oauth_token",
        "must not be in the stack file in plain text",
        "pulumi config set --secret",
    ),
    Broken(
        "a token for its key",
        _APP,
        _app(repository="https://github.com/example/web", token_from=_TOKEN),
        f"{_APP}.token_from",
        "is not a Pulumi configuration key",
        "name one as namespace:key, set with `pulumi config set --secret",
    ),
    Broken(
        "a token behind a namespace",
        _APP,
        _app(repository="https://github.com/example/web", token_from=f"amplify:{_TOKEN}"),
        f"{_APP}.token_from",
        "is the token itself",
        "write the key of the configuration",
    ),
    Broken(
        "a repository without a token",
        _APP,
        _app(repository="https://github.com/example/web"),
        f"{_APP}.token_from",
        "connects a repository with a token only",
        "write token_from: amplify:github_token",
    ),
    Broken(
        "a token that is not set",
        _APP,
        _app(repository="https://github.com/example/web", token_from="amplify:github_token"),
        f"{_APP}.token_from",
        "amplify:github_token is not set",
        "pulumi config set --secret amplify:github_token",
    ),
    Broken(
        "a token without a repository",
        _APP,
        _app(token_from="amplify:github_token"),
        f"{_APP}.token_from",
        "has no effect without repository",
        "add repository, or remove it",
    ),
    *(
        Broken(
            f"a repository as {what}",
            _APP,
            _app(repository=address, token_from="amplify:github_token"),
            f"{_APP}.repository",
            "is not a plain GitHub address",
            "name it as https://github.com/owner/name",
        )
        for what, address in {
            "an SSH address": "git@github.com:example/web.git",
            "a clone address": "https://github.com/example/web.git",
            "an address with a token": f"https://{CANARY}@github.com/example/web",
            "another host's": "https://gitlab.com/example/web",
        }.items()
    ),
    Broken("an app without branches", _APP, {}, f"{_APP}.branches", "is missing", "add it (branches by name)"),
    Broken("no branches", _APP, {"branches": {}}, f"{_APP}.branches", "is empty", "write at least 1 entry"),
    Broken(
        "a branch that is none",
        _APP,
        {"branches": {"a b": {}}},
        f"{_APP}.branches.a b",
        "as a name, is not a branch name that Amplify takes",
        "use letters, digits and the characters / _ . -",
    ),
    Broken(
        "branches at one address",
        _APP,
        {"branches": {"release/1": {"stage": "PRODUCTION"}, "release-1": {}}},
        f"{_APP}.branches.release/1",
        "has the address of release-1",
        "rename one",
    ),
    Broken(
        "a branch with a long name",
        _APP,
        {"branches": {"x" * 64: {}}},
        f"{_APP}.branches.{'x' * 64}",
        "does not give a host label of 1 to 63",
        "rename it",
    ),
    Broken(
        "two branches and none the default",
        _APP,
        {"branches": {"main": {}, "next": {}}},
        f"{_APP}.default_branch",
        "main, next are candidates",
        "stage: PRODUCTION",
    ),
    Broken(
        "two branches in production",
        _APP,
        {"branches": {"main": {"stage": "PRODUCTION"}, "next": {"stage": "PRODUCTION"}, "x": {}}},
        f"{_APP}.default_branch",
        "main, next are candidates",
        "name one",
    ),
    Broken(
        "a default branch that is not there",
        _APP,
        _app(default_branch="master"),
        f"{_APP}.default_branch",
        "is not in branches",
        "write one of main",
    ),
    Broken(
        "a stage that Amplify makes itself",
        _APP,
        {"branches": {"main": {"stage": "PULL_REQUEST"}}},
        f"{_APP}.branches.main.stage",
        "'PULL_REQUEST' is not one of PRODUCTION, BETA, DEVELOPMENT or",
        "write one of them (what the branch is for; that of `PRODUCTION` is",
    ),
    Broken(
        "Amplify's first servers",
        _APP,
        _app(platform="WEB_DYNAMIC"),
        f"{_APP}.platform",
        "'WEB_DYNAMIC' is neither WEB_COMPUTE nor WEB",
        "write one of them (`WEB_COMPUTE` renders on a server (Next.js and the",
    ),
    Broken(
        "a secret among Amplify's variables",
        _APP,
        _app(environment={"OPENAI_API_KEY": CANARY}),
        f"{_APP}.environment.OPENAI_API_KEY",
        "looks like a secret in plain text",
        "keep it in the API",
    ),
    Broken(
        "a secret that would be published",
        _APP,
        _app(environment={"NEXT_PUBLIC_ANON_KEY": _TOKEN}),
        f"{_APP}.environment.NEXT_PUBLIC_ANON_KEY",
        "looks like a secret in plain text",
        "keep it in the API",
    ),
    Broken(
        "a secret among a branch's variables",
        _APP,
        {"branches": {"main": {"environment": {"SESSION_SECRET": CANARY}}}},
        f"{_APP}.branches.main.environment.SESSION_SECRET",
        "looks like a secret in plain text",
        "keep it in the API",
    ),
    Broken(
        "a variable that Amplify keeps for itself",
        _APP,
        _app(environment={"AWS_REGION": "us-east-1"}),
        f"{_APP}.environment.AWS_REGION",
        "begins with AWS",
        "rename it",
    ),
    Broken(
        "a variable without end",
        _APP,
        _app(environment={"LONG": "x" * 5501}),
        f"{_APP}.environment.LONG",
        "the 5500 characters",
        "shorten it",
    ),
    Broken(
        "a password for the web app",
        _APP,
        _app(basic_auth={"username": "staff", "password": CANARY}),
        f"{_APP}.basic_auth.password",
        "is generated",
        "remove it",
    ),
    Broken(
        "a name with a colon",
        _APP,
        _app(basic_auth={"username": "staff:x"}),
        f"{_APP}.basic_auth.username",
        "'staff:x' is not a user name",
        "use 1 to 64 letters, digits and the characters _ . @ -",
    ),
    Broken(
        "a build specification that is not there",
        _APP,
        _app(build_spec={"file": "web/amplify.yml"}),
        f"{_APP}.build_spec",
        "there is no file web/amplify.yml",
        "write its path from the root",
    ),
    Broken(
        "an empty build specification",
        _APP,
        _app(build_spec=""),
        f"{_APP}.build_spec",
        "is empty",
        "remove it",
    ),
    Broken(
        "a long build specification",
        _APP,
        _app(build_spec="x" * 25_001),
        f"{_APP}.build_spec",
        "more than Amplify takes (25000)",
        "call a script",
    ),
    Broken(
        "a build specification with a token",
        _APP,
        _app(build_spec=f"npm config set token {_TOKEN}"),
        f"{_APP}.build_spec",
        "contains what looks like a secret",
        "read it from Secrets Manager",
    ),
    Broken(
        "a web app at the load balancer's name",
        "edge",
        {
            "amplify": _app(domain=_DOMAIN),
            "load_balancer": {"certificate": {"domain": _DOMAIN["name"], "zone": _DOMAIN["zone"]}},
        },
        f"{_APP}.domain.name",
        "is the load balancer's name, too",
        "write a name such as origin.example.com",
    ),
    Broken(
        "a web app at the API's name",
        "edge",
        {
            "amplify": _app(domain=_DOMAIN),
            "load_balancer": {"certificate": {"domain": "origin.example.com", "zone": _DOMAIN["zone"]}},
            "http_api": {"domain": _DOMAIN},
        },
        f"{_APP}.domain.name",
        "is the HTTP API's name, too",
        "write a name such as origin.example.com",
    ),
]
