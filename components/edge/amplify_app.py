"""A web app on Amplify Hosting."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.aws import Account
from components.base import Component
from components.data.secret import Secret, SecretArgs
from components.edge.amplify_domain import AmplifyDomain, AmplifyDomainArgs
from components.edge.build_spec import default_build_spec
from components.identity.role import Role, RoleArgs
from components.json_text import json_text
from components.values import Permission
from settings.data import SecretSettings
from settings.edge import amplify

__all__ = ["AmplifyApp", "AmplifyAppArgs"]

_PASSWORD_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifyAppArgs:
    """Arguments of `AmplifyApp`."""

    settings: amplify.Amplify
    """What the stack's settings say about it."""
    account: Account
    """The account, its region and partition."""
    key_arn: pulumi.Input[str]
    """The KMS key that encrypts the server's log and the secret."""
    protect: bool
    """Refuse to delete the app: its address could not be restored."""
    log_retention_days: int
    """Retention of the server's log in days."""
    token: pulumi.Output[str] | None = None
    """The GitHub token; required with a repository."""
    build_spec: str | None = None
    """The build specification, as in amplify.yml; by default an npm build (`default_build_spec`)."""

    def __post_init__(self) -> None:
        if self.settings.repository is not None and self.token is None:
            raise ValueError("a repository is connected with a token; pass the output of Config.require_secret")
        if self.token is not None and not isinstance(self.token, pulumi.Output):
            raise TypeError("the GitHub token is plain text; pass the output of Config.require_secret")


class AmplifyApp(Component):
    """A web app with its branches and, optionally, a password; `settings.edge.amplify.Amplify` lists the cost.

    Creates: the app, its service role, and a branch for each one in the settings; with `WEB_COMPUTE` the log group of
    its server; with `basic_auth` a password and a secret that holds it; with `domain` the domain and its records.
    Guarantees: token and password are secret in state and plan; a changed or revoked token does not affect a connected
    app; without a repository in the settings, a repository that was connected by hand stays; the server's log is
    encrypted and expires; the service role can write logs and nothing else, for apps of this account only.
    Errors: ValueError for a repository without a token, TypeError for a token in plain text.
    """

    def __init__(self, name: str, args: AmplifyAppArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        self._settings = args.settings
        credentials = self._basic_auth(args)
        app = self._app(args, credentials)
        logs = self._server_log(args, app)
        branches = {branch: self._branch(app, branch, logs) for branch in args.settings.branches}
        main = branches[args.settings.main]
        self.app_id = app.id
        self.urls = {name: pulumi.Output.concat("https://", _host(branch, app)) for name, branch in branches.items()}
        self.domain = _host(main, app)
        self.url = self._domain(app, main) or self.urls[args.settings.main]
        self.authorization = (
            None if credentials is None else pulumi.Output.secret(pulumi.Output.concat("Basic ", credentials))
        )
        self.done(app_id=self.app_id, url=self.url)

    def _app(self, args: AmplifyAppArgs, credentials: pulumi.Output[str] | None) -> aws.amplify.App:
        settings = args.settings
        connected_by_hand = [] if settings.repository is not None else ["repository"]
        return aws.amplify.App(
            self.child_name(),
            description="Web app",
            platform=settings.platform,
            repository=settings.repository,
            access_token=args.token,
            build_spec=args.build_spec or default_build_spec(settings),
            environment_variables=dict(settings.environment) or None,
            enable_basic_auth=credentials is not None,
            basic_auth_credentials=credentials,
            # Static apps have the role, too: removing it would replace the app and change its address.
            iam_service_role_arn=self._role(args).arn,
            # The token is used once, to connect. Sent again, a revoked token would fail the update.
            opts=self.child_opts(protect=args.protect, ignore_changes=["accessToken", *connected_by_hand]),
        )

    def _role(self, args: AmplifyAppArgs) -> Role:
        return Role(
            self.child_name("role"),
            RoleArgs(
                service="amplify.amazonaws.com",
                description="Writes the log of the web app's server",
                conditions={
                    **args.account.is_source,
                    "ArnLike": {"aws:SourceArn": args.account.arn("amplify", "apps/*")},
                },
                permissions=[
                    Permission(
                        actions=["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                        # The group's name contains the id of the app, which is created after its role.
                        resources=[args.account.arn("logs", "log-group:/aws/amplify/*")],
                    ),
                    Permission(
                        actions=["logs:DescribeLogGroups"],
                        resources=["*"],
                        reason="Amplify lists log groups before it writes; the action supports no resource",
                    ),
                ],
            ),
            self.child_opts(),
        )

    def _server_log(self, args: AmplifyAppArgs, app: aws.amplify.App) -> list[pulumi.Resource]:
        if args.settings.platform != "WEB_COMPUTE":
            return []
        # Amplify would otherwise create the group, without retention and key.
        group = aws.cloudwatch.LogGroup(
            self.child_name("log"),
            name=pulumi.Output.concat("/aws/amplify/", app.id),
            retention_in_days=args.log_retention_days,
            kms_key_id=args.key_arn,
            opts=self.child_opts(),
        )
        return [group]

    def _branch(self, app: aws.amplify.App, name: str, logs: list[pulumi.Resource]) -> aws.amplify.Branch:
        settings, connected = self._settings.branches[name], self._settings.repository is not None
        label = amplify.host_label(name)
        return aws.amplify.Branch(
            self.child_name(f"branch-{label}"),
            app_id=app.id,
            branch_name=name,
            # Set explicitly, since the branch's address begins with it.
            display_name=label,
            stage=settings.stage,
            framework=self._settings.served_framework,
            enable_auto_build=connected if settings.auto_build is None else settings.auto_build,
            environment_variables=dict(settings.environment) or None,
            # A branch name is unique in an app.
            opts=self.child_opts(depends_on=logs, delete_before_replace=True),
        )

    def _basic_auth(self, args: AmplifyAppArgs) -> pulumi.Output[str] | None:
        self.basic_auth_secret_arn: pulumi.Output[str] | None = None
        if args.settings.basic_auth is None:
            return None
        username = args.settings.basic_auth.username
        password = random.RandomPassword(
            self.child_name("password"), length=_PASSWORD_LENGTH, special=False, opts=self.child_opts()
        ).result
        secret = Secret(
            self.child_name("login"),
            SecretArgs(
                settings=SecretSettings(description="Name and password that the web app asks for"),
                secret_name=None,
                key_arn=args.key_arn,
                protect=args.protect,
                value=pulumi.Output.from_input(json_text({"username": username, "password": password})),
            ),
            opts=self.child_opts(),
        )
        self.basic_auth_secret_arn = secret.arn
        return password.apply(lambda text: base64.b64encode(f"{username}:{text}".encode()).decode())

    def _domain(self, app: aws.amplify.App, branch: aws.amplify.Branch) -> pulumi.Output[str] | None:
        if self._settings.domain is None:
            return None
        args = AmplifyDomainArgs(settings=self._settings.domain, app_id=app.id, branch_name=branch.branch_name)
        return AmplifyDomain(self.child_name("domain"), args, opts=self.child_opts()).url


def _host(branch: aws.amplify.Branch, app: aws.amplify.App) -> pulumi.Output[str]:
    return pulumi.Output.concat(branch.display_name, ".", app.default_domain)
