"""Settings of a web app on Amplify Hosting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from settings.clear_text import looks_like_value, secret_variable
from settings.files import TextOrFile
from settings.form import matches
from settings.ids import HostedZoneId
from settings.model import Fault, Model, refuse
from settings.reasons import Because, vain_faults
from settings.types import CertificateDomain, ConfigKey, EnvName

__all__ = ["Amplify", "AmplifyBranch", "AmplifyDomain", "BasicAuth", "host_label"]

BranchName = Annotated[
    str,
    matches(
        r"[0-9A-Za-z/_.-]{1,255}",
        "is not a branch name that Amplify takes; use letters, digits and the characters / _ . -",
        in_schema=True,
    ),
]
_REPOSITORY = re.compile(r"https://github\.com/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_TOKENS = ("token", "access_token", "github_token", "oauth_token", "personal_access_token")
# What these hold is sent to every browser anyway, and their names say that it may be.
_PUBLISHED = re.compile(r"(NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC)_\w*(ANON|PUBLISHABLE|PUBLIC|SITE)_KEY")
_LONGEST_VALUE = 5500
_LONGEST_LABEL = 63


def host_label(branch: str) -> str:
    """The label of a branch in front of the app's domain: `feature/login` is at `feature-login.…`."""
    return re.sub(r"[^a-z0-9]+", "-", branch.lower()).strip("-")


Username = Annotated[
    str,
    matches(
        r"[A-Za-z0-9_.@-]{1,64}",
        "is not a user name; use 1 to 64 letters, digits and the characters _ . @ -",
        in_schema=True,
    ),
]


class AmplifyBranch(Model):
    """A branch that is built and served at its own address."""

    stage: Literal["PRODUCTION", "BETA", "DEVELOPMENT", "EXPERIMENTAL"] = "DEVELOPMENT"
    """What the branch is for; that of `PRODUCTION` is the default branch."""
    environment: dict[EnvName, str] = {}
    """Variables of this branch's builds; they override those of the app."""
    not_secrets: dict[EnvName, Because] = {}
    """Those that look like secrets by their names and are none, each with the reason."""
    auto_build: bool | None = None
    """Whether a push builds and deploys; by default where there is a `repository`."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(_environment_faults(self.environment, self.not_secrets))
        return self


class BasicAuth(Model):
    """A name and a generated password that browsers ask for."""

    username: Username
    """The name; the password is in a secret, about 0.40 USD a month."""

    @model_validator(mode="before")
    @classmethod
    def _no_password(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "password" in value:
            refuse([Fault("password", "is generated and kept in Secrets Manager; remove it")])
        return value


class AmplifyDomain(Model):
    """A domain name that leads to the default branch, without a distribution."""

    name: CertificateDomain
    """The name, such as app.example.com. Changing it replaces the app's domain, which is down until Amplify has a
    certificate for the new one."""
    zone: HostedZoneId
    """The Route 53 zone in which its record is made, and Amplify's certificate validated."""


class Amplify(Model):
    """A web app on Amplify Hosting: about 0.01 USD a minute of building, 0.15 USD a GB served, and with
    `WEB_COMPUTE` 0.30 USD a million requests."""

    platform: Literal["WEB_COMPUTE", "WEB"] = "WEB_COMPUTE"
    """`WEB_COMPUTE` renders on a server (Next.js and the like), `WEB` serves files."""
    framework: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    """The framework in Amplify's words; by default `Next.js - SSR`, and `Web` for files."""
    repository: str | None = None
    """The GitHub repository, as https://github.com/owner/name, connected when the app is made. Without it, files are
    deployed by hand, or a repository is connected by hand, which `up` leaves alone (docs/amplify.md)."""
    token_from: ConfigKey | None = None
    """Key of Pulumi's encrypted configuration that holds a GitHub token, such as `amplify:github_token`; Amplify uses
    it once, when the app is made, to connect the repository."""
    build_spec: TextOrFile | None = None
    """How Amplify builds, as text or `{file: …}`. The repository's amplify.yml comes before it. By default `npm ci` and
    `npm run build`, with the files in `.next` (other frameworks `.amplify-hosting`, platform `WEB` `dist`)."""
    environment: dict[EnvName, str] = {}
    """Variables of all builds. They are not secret; servers see only what the build writes into the app."""
    not_secrets: dict[EnvName, Because] = {}
    """Those that look like secrets by their names and are none, each with the reason."""
    branches: Annotated[dict[BranchName, AmplifyBranch], Field(min_length=1)]
    """Branches by name."""
    default_branch: BranchName | None = None
    """The branch that `amplify.url` and a distribution lead to; by default the one of stage PRODUCTION, or the only
    one."""
    basic_auth: BasicAuth | None = None
    """A password for every branch, on Amplify's own domain; a distribution in front of it sends the password."""
    domain: AmplifyDomain | None = None
    """A domain name of your own, where no distribution has it."""

    @model_validator(mode="before")
    @classmethod
    def _no_token(cls, value: Any) -> Any:
        tokens = [key for key in _TOKENS if isinstance(value, Mapping) and key in value]
        refuse(
            Fault(
                key,
                "must not be in the stack file in plain text (it is not shown); run `pulumi config set --secret "
                "amplify:github_token`, and write token_from: amplify:github_token",
            )
            for key in tokens
        )
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        variables = _environment_faults(self.environment, self.not_secrets)
        refuse([*self._repository_faults(), *self._branch_faults(), *variables])
        return self

    @property
    def served_framework(self) -> str:
        """The framework, stated or not."""
        return self.framework or ("Next.js - SSR" if self.platform == "WEB_COMPUTE" else "Web")

    @property
    def main(self) -> str:
        """The default branch."""
        return self.default_branch or self._candidates()[0]

    def _candidates(self) -> list[str]:
        production = [name for name, branch in self.branches.items() if branch.stage == "PRODUCTION"]
        return production or list(self.branches)

    def _repository_faults(self) -> Iterator[Fault]:
        if self.repository is None:
            if self.token_from is not None:
                yield Fault("token_from", "has no effect without repository; add repository, or remove it")
            return
        if not _REPOSITORY.fullmatch(self.repository) or self.repository.endswith(".git"):
            yield Fault(
                "repository",
                "is not a plain GitHub address (its value is not shown); name it as https://github.com/owner/name, "
                "without a token and without .git, or remove it and deploy by hand",
            )
        if self.token_from is None:
            yield Fault(
                "token_from",
                "is missing, and Amplify connects a repository with a token only; run `pulumi config set --secret "
                "amplify:github_token`, and write token_from: amplify:github_token",
            )
        elif looks_like_value(self.token_from):
            yield Fault("token_from", "is the token itself (it is not shown); write the key of the configuration")

    def _branch_faults(self) -> Iterator[Fault]:
        labels: dict[str, str] = {}
        for name in self.branches:
            label = host_label(name)
            first = labels.setdefault(label, name)
            if first != name:
                yield Fault(f"branches.{name}", f"has the address of {first} ({label}.…); rename one of them")
            if not label or len(label) > _LONGEST_LABEL:
                yield Fault(
                    f"branches.{name}",
                    f"does not give a host label of 1 to {_LONGEST_LABEL} letters and digits; rename it",
                )
        if self.default_branch is not None:
            if self.default_branch not in self.branches:
                yield Fault("default_branch", f"is not in branches; write one of {', '.join(self.branches)}")
        elif len(self._candidates()) > 1:
            yield Fault(
                "default_branch",
                f"is missing, and {', '.join(self._candidates())} are candidates; name one, or give one alone "
                "stage: PRODUCTION",
            )


def _environment_faults(environment: Mapping[str, str], not_secrets: Mapping[str, str]) -> Iterator[Fault]:
    yield from vain_faults(not_secrets, environment)
    for name, value in environment.items():
        key = f"environment.{name}"
        insist = secret_variable(name, value, not_secrets)
        if looks_like_value(value) or (insist is not None and not _PUBLISHED.fullmatch(name)):
            yield Fault(
                key,
                "looks like a secret in plain text (its value is not shown), and Amplify shows variables to "
                "everybody who may see the app; keep it in the API, or read it from Secrets Manager in the build"
                f"{insist}",
            )
        elif name.upper().startswith("AWS"):
            yield Fault(key, "begins with AWS, which Amplify reserves; rename it")
        elif len(value) > _LONGEST_VALUE:
            yield Fault(key, f"is longer than the {_LONGEST_VALUE} characters that Amplify takes; shorten it")
