"""`make prove`: lists what only an AWS account can prove; with a name and an account, runs the commands that read."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tests.proofs.claims import CLAIMS, Claim

_CREDENTIALS = ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE")
_NO_ACCOUNT = f"no AWS account is configured, so nothing is run; set {' or '.join(_CREDENTIALS[:2])}"


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """List the claims, or run the checks of one of them; the exit code."""
    parser = argparse.ArgumentParser(prog="make prove", description=__doc__)
    parser.add_argument("claim", nargs="?", choices=list(CLAIMS), help="run what this claim's checks read")
    parser.add_argument("values", nargs="*", metavar="name=value", help="what stands in braces, such as cluster=dev")
    given = parser.parse_args(arguments)
    if given.claim is None:
        print("\n\n".join(_described(name, claim) for name, claim in CLAIMS.items()))
        return 0
    print(_described(given.claim, CLAIMS[given.claim]))
    if not any(environment.get(name) for name in _CREDENTIALS):
        print(_NO_ACCOUNT, file=sys.stderr)
        return 2
    return _run(CLAIMS[given.claim], dict(value.partition("=")[::2] for value in given.values))


def _described(name: str, claim: Claim) -> str:
    steps = [f"  {number}. {step}" for number, step in enumerate(claim.steps, 1)]
    checks = [f"  $ {shlex.join(check)}" for check in claim.checks]
    return "\n".join([f"{name}: {claim.claim}", *steps, *checks, f"  proven if: {claim.proven}"])


def _run(claim: Claim, values: Mapping[str, str]) -> int:
    for check in (("aws", "sts", "get-caller-identity"), *claim.checks):
        missing = [name for name in _names(check) if name not in values]
        if missing:
            print(f"say {', '.join(f'{name}=…' for name in missing)}", file=sys.stderr)
            return 2
        command = [_filled(part, values) for part in check]
        print(f"$ {shlex.join(command)}", flush=True)
        if code := subprocess.run(command, check=False).returncode:
            return code
    return 0


def _names(check: Sequence[str]) -> list[str]:
    """The names in braces; those of a query are its own."""
    return [part[1:-1] for part in check if part.startswith("{") and part.endswith("}")]


def _filled(part: str, values: Mapping[str, str]) -> str:
    return values.get(part[1:-1], part) if part.startswith("{") else part


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
