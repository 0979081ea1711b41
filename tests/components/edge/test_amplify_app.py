"""The web app: connected once, its password never in plain text, its server's log encrypted and retained."""

from __future__ import annotations

import base64
import json
from typing import Any

import pulumi
import pytest
import yaml

from components.edge.amplify_app import AmplifyApp, AmplifyAppArgs
from preview.plan import Plan, Record
from settings.edge.amplify import Amplify, host_label
from tests.accounts import account
from tests.recording import children, one, record

APP = "aws:amplify/app:App"
BRANCH = "aws:amplify/branch:Branch"
DOMAIN = "aws:amplify/domainAssociation:DomainAssociation"
LOG = "aws:cloudwatch/logGroup:LogGroup"
ROLE = "aws:iam/role:Role"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
RECORD = "aws:route53/record:Record"
PASSWORD = "random:index/randomPassword:RandomPassword"
SECRET = "aws:secretsmanager/secret:Secret"
VALUE = "aws:secretsmanager/secretVersion:SecretVersion"
ACCOUNT = "123456789012"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
CANARY = "canary-token-5c1e"
CONNECTED: dict[str, Any] = {"repository": "https://github.com/example/web", "token_from": "amplify:github_token"}
BASIC_AUTH: dict[str, Any] = {"basic_auth": {"username": "staff"}}


def web_app(*, token: Any = None, protect: bool = False, build_spec: str | None = None, **settings: Any) -> Plan:
    validated = Amplify.model_validate({"branches": {"main": {}}, **settings})

    def program() -> None:
        secret_token = pulumi.Output.secret(CANARY) if token is None and validated.repository else token
        app = AmplifyApp(
            "amplify",
            AmplifyAppArgs(
                settings=validated,
                account=account(),
                key_arn=KEY,
                protect=protect,
                log_retention_days=7,
                token=secret_token,
                build_spec=build_spec,
            ),
        )
        pulumi.export("id", app.app_id)
        pulumi.export("url", app.url)
        pulumi.export("urls", app.urls)
        pulumi.export("domain", app.domain)
        pulumi.export("secret", app.basic_auth_secret_arn)
        pulumi.export("authorization", app.authorization)

    return record(program)


def app_of(plan: Plan) -> Record:
    return one(plan.phases["deployed"], APP)


def test_children() -> None:
    for phase in web_app().phases.values():
        assert children(phase) == [
            (APP, "amplify"),
            (BRANCH, "amplify-branch-main"),
            (LOG, "amplify-log"),
            (ROLE, "amplify-role"),
            (ROLE_POLICY, "amplify-role-policy"),
        ]


def test_children_of_an_app_with_everything() -> None:
    domain: dict[str, Any] = {"name": "app.example.com", "zone": "Z0123456789ABCDEFGHIJ"}
    branches = {"main": {"stage": "PRODUCTION"}, "feature/login": {}}
    for phase in web_app(**CONNECTED, **BASIC_AUTH, domain=domain, branches=branches).phases.values():
        assert children(phase) == [
            (APP, "amplify"),
            (BRANCH, "amplify-branch-feature-login"),
            (BRANCH, "amplify-branch-main"),
            (DOMAIN, "amplify-domain"),
            (LOG, "amplify-log"),
            (ROLE, "amplify-role"),
            (ROLE_POLICY, "amplify-role-policy"),
            (RECORD, "amplify-domain-record"),
            (RECORD, "amplify-domain-validation"),
            (SECRET, "amplify-login"),
            (VALUE, "amplify-login-value"),
            (PASSWORD, "amplify-password"),
        ]


def test_the_token_is_used_once() -> None:
    """Amplify uses it to connect and never again (pitfall 36); a revoked one would fail an update."""
    app = app_of(web_app(**CONNECTED))
    assert app.inputs["repository"] == CONNECTED["repository"]
    assert app.inputs["accessToken"] == CANARY
    assert "accessToken" in app.secret
    assert "accessToken" in app.secret_outputs
    assert app.ignore_changes == ("accessToken",)


def test_a_repository_that_was_connected_by_hand_stays() -> None:
    app = app_of(web_app())
    assert not {"repository", "accessToken", "oauthToken"} & app.inputs.keys()
    assert app.ignore_changes == ("accessToken", "repository")


@pytest.mark.parametrize(
    ("repository", "auto_build", "builds"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_pushes_start_a_build_if_there_is_a_repository(repository: bool, auto_build: bool | None, builds: bool) -> None:
    plan = web_app(**(CONNECTED if repository else {}), branches={"main": {"auto_build": auto_build}})
    assert one(plan.phases["preview"], BRANCH).inputs["enableAutoBuild"] is builds


def test_a_branch_has_the_address_that_is_published() -> None:
    plan = web_app(branches={"main": {"stage": "PRODUCTION"}, "Feature/Log_in": {"environment": {"A": "b"}}})
    phase = plan.phases["deployed"]
    branch = one(phase, BRANCH, "amplify-branch-feature-log-in").inputs
    assert (branch["branchName"], branch["displayName"]) == ("Feature/Log_in", "feature-log-in")
    assert (branch["stage"], branch["environmentVariables"]) == ("DEVELOPMENT", {"A": "b"})
    host = app_of(plan).outputs["defaultDomain"]
    assert host == f"{app_of(plan).id}.amplifyapp.com"
    assert phase.outputs["urls"] == {"main": f"https://main.{host}", "Feature/Log_in": f"https://feature-log-in.{host}"}
    assert (phase.outputs["domain"], phase.outputs["url"]) == (f"main.{host}", f"https://main.{host}")
    assert host_label("release/2.0_") == "release-2-0"


@pytest.mark.parametrize(
    ("settings", "domain"),
    [
        ({"branches": {"only": {}}}, "only"),
        ({"branches": {"a": {}, "b": {"stage": "PRODUCTION"}}}, "b"),
        ({"branches": {"a": {}, "b": {"stage": "PRODUCTION"}}, "default_branch": "a"}, "a"),
    ],
)
def test_the_default_branch(settings: dict[str, Any], domain: str) -> None:
    plan = web_app(**settings)
    assert plan.phases["deployed"].outputs["domain"].startswith(f"{domain}.")


@pytest.mark.parametrize(
    ("settings", "platform", "framework", "logs"),
    [
        ({}, "WEB_COMPUTE", "Next.js - SSR", True),
        ({"framework": "Nuxt"}, "WEB_COMPUTE", "Nuxt", True),
        ({"platform": "WEB"}, "WEB", "Web", False),
    ],
)
def test_platform(settings: dict[str, Any], platform: str, framework: str, logs: bool) -> None:
    plan = web_app(**settings)
    assert app_of(plan).inputs["platform"] == platform
    assert one(plan.phases["deployed"], BRANCH).inputs["framework"] == framework
    assert bool(plan.phases["deployed"].of_type(LOG)) is logs
    # Removing the role from an app replaces it, and changes its address.
    assert app_of(plan).inputs["iamServiceRoleArn"] == one(plan.phases["deployed"], ROLE).outputs["arn"]


def test_the_server_s_log_group_exists_first_with_key_and_retention() -> None:
    plan = web_app()
    log = one(plan.phases["deployed"], LOG)
    assert log.inputs["name"] == f"/aws/amplify/{app_of(plan).id}"
    assert (log.inputs["retentionInDays"], log.inputs["kmsKeyId"]) == (7, KEY)
    assert log.urn in one(plan.phases["deployed"], BRANCH).dependencies


def test_the_role_writes_logs_for_apps_of_this_account() -> None:
    phase = web_app().phases["deployed"]
    (trust,) = json.loads(one(phase, ROLE).inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["amplify.amazonaws.com"]}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": ACCOUNT}
    assert trust["Condition"]["ArnLike"] == {"aws:SourceArn": f"arn:aws:amplify:us-east-1:{ACCOUNT}:apps/*"}
    write, listing = json.loads(one(phase, ROLE_POLICY).inputs["policy"])["Statement"]
    assert write["Resource"] == [f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/amplify/*"]
    assert all(action.startswith("logs:") for action in (*write["Action"], *listing["Action"]))
    assert listing["Action"] == ["logs:DescribeLogGroups"]


def test_basic_auth_protects_every_branch() -> None:
    """Without the header, a distribution's requests would get 401 (pitfall 67)."""
    plan = web_app(**BASIC_AUTH)
    phase = plan.phases["deployed"]
    password = one(phase, PASSWORD).outputs["result"]
    app = app_of(plan)
    assert app.inputs["enableBasicAuth"] is True
    credentials = base64.b64decode(app.inputs["basicAuthCredentials"]).decode()
    assert credentials == f"staff:{password}"
    assert "basicAuthCredentials" in app.secret
    assert json.loads(one(phase, VALUE).inputs["secretString"]) == {"username": "staff", "password": password}
    assert one(phase, VALUE).secret == ("secretString",)
    assert one(phase, SECRET).inputs["kmsKeyId"] == KEY
    assert phase.outputs["secret"] == one(phase, SECRET).outputs["arn"]
    assert not one(phase, BRANCH).inputs.keys() & {"enableBasicAuth", "basicAuthCredentials"}


def test_the_authorization_header_is_secret() -> None:
    plan = web_app(**BASIC_AUTH)
    text = json.dumps(plan.to_json())
    header = f"Basic {app_of(plan).inputs['basicAuthCredentials']}"
    assert header not in text
    assert plan.to_json()["phases"]["deployed"]["outputs"]["authorization"] == "<secret>"


def test_without_basic_auth() -> None:
    plan = web_app()
    assert app_of(plan).inputs["enableBasicAuth"] is False
    assert "basicAuthCredentials" not in app_of(plan).inputs
    assert plan.phases["deployed"].outputs.get("authorization") is None


def test_a_custom_domain() -> None:
    plan = web_app(domain={"name": "app.example.com", "zone": "Z0123456789ABCDEFGHIJ"})
    phase = plan.phases["deployed"]
    domain = one(phase, DOMAIN)
    assert domain.inputs["domainName"] == "app.example.com"
    assert domain.inputs["subDomains"] == [{"branchName": "main", "prefix": ""}]
    # It would wait for a record that is created only afterwards.
    assert domain.inputs["waitForVerification"] is False
    assert domain.ignore_changes == ("certificateSettings",)
    assert domain.delete_before_replace is True
    (alias,) = one(phase, RECORD, "amplify-domain-record").inputs["aliases"]
    assert alias["name"].endswith(".cloudfront.net")
    assert alias["zoneId"] == "Z2FDTNDATAQYW2"
    validation = one(phase, RECORD, "amplify-domain-validation").inputs
    assert validation["name"].endswith(".app.example.com.")
    assert (validation["type"], validation["allowOverwrite"]) == ("CNAME", True)
    assert validation["records"][0].endswith(".acm-validations.aws.")
    assert phase.outputs["url"] == "https://app.example.com"
    assert phase.outputs["domain"].endswith(".amplifyapp.com")


def test_build_spec_and_environment() -> None:
    plan = web_app(build_spec="version: 1\n", environment={"NEXT_PUBLIC_API_URL": "/api"})
    inputs = app_of(plan).inputs
    assert (inputs["buildSpec"], inputs["environmentVariables"]) == ("version: 1\n", {"NEXT_PUBLIC_API_URL": "/api"})
    assert "environmentVariables" not in app_of(web_app()).inputs


@pytest.mark.parametrize(
    ("settings", "folder"),
    [
        ({}, ".next"),
        ({"framework": "Next.js - SSR"}, ".next"),
        ({"framework": "Nuxt"}, ".amplify-hosting"),
        ({"platform": "WEB"}, "dist"),
    ],
)
def test_a_build_spec_is_always_sent(settings: dict[str, Any], folder: str) -> None:
    """Amplify and its provider keep the last one where none is sent, so a removed one would stay in use."""
    for phase in web_app(**settings).phases.values():
        spec = yaml.safe_load(one(phase, APP).inputs["buildSpec"])
        assert spec["frontend"]["artifacts"] == {"baseDirectory": folder, "files": ["**/*"]}
        assert spec["frontend"]["phases"]["build"]["commands"] == ["npm run build"]


def test_a_publishable_key_is_not_a_secret() -> None:
    Amplify.model_validate({"branches": {"main": {}}, "environment": {"NEXT_PUBLIC_SUPABASE_ANON_KEY": "eyJ0.x"}})


@pytest.mark.parametrize("protect", [True, False])
def test_protection(protect: bool) -> None:
    assert bool(app_of(web_app(protect=protect)).protect) is protect


@pytest.mark.parametrize(("token", "error"), [(None, "Config.require_secret"), ("ghp_x", "is plain text")])
def test_the_token_is_an_output(token: Any, error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        AmplifyAppArgs(
            settings=Amplify.model_validate({"branches": {"main": {}}, **CONNECTED}),
            account=account(),
            key_arn=KEY,
            protect=False,
            log_retention_days=7,
            token=token,
        )
