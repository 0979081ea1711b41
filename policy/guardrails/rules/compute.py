"""Instances and images: the instance metadata service, immutable and scanned container images."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks import Flag, Switch, judge_rows, one_of, types_of
from ..model import Context, Outcome, Rule, undecided
from ..values import UNKNOWN

SCANNED = (Flag("ecr/repository", "imageScanningConfiguration.scanOnPush"),)
IMMUTABLE = (
    Switch("ecr/repository", "imageTagMutability", ("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"), default="MUTABLE"),
)


def _metadata(ctx: Context) -> Iterator[Outcome]:
    options = ctx.at("metadataOptions")
    if options.at("httpEndpoint").text("enabled") == "disabled":
        return
    template = ctx.at("launchTemplate")
    if options.at("httpTokens").absent and not template.absent:
        yield from _template(ctx)
        return
    endpoint_unknown = options.at("httpEndpoint").text("enabled") is UNKNOWN
    for outcome in one_of(options.at("httpTokens"), ("required",), "optional"):
        yield undecided(f"{outcome.message}, unless httpEndpoint is disabled") if endpoint_unknown else outcome


def _template(ctx: Context) -> Iterator[Outcome]:
    """The options come from the launch template, which has its own finding where it is in the stack."""
    template = ctx.at("launchTemplate")
    references = [
        ref
        for name in ("id", "name")
        for ref in ctx.stack.resolve(ctx.resource, [template.at(name)], ("ec2/launchTemplate",))
    ]
    if not any(ref.candidates for ref in references):
        yield undecided("metadataOptions is inherited from a launch template outside the stack")


RULES = (
    Rule(
        id="imdsv2-required",
        title="Instances require IMDSv2 for the metadata service",
        severity="high",
        controls=("FSBP EC2.8", "FSBP AutoScaling.3", "CIS 5.7"),
        fix="Set metadataOptions.httpTokens to required.",
        types=("ec2/instance", "ec2/launchTemplate", "ec2/launchConfiguration"),
        check=_metadata,
        graph=True,
    ),
    Rule(
        id="ecr-scanned",
        title="Container images are scanned on push",
        severity="medium",
        controls=("FSBP ECR.1",),
        fix="Set imageScanningConfiguration.scanOnPush to true.",
        types=types_of(SCANNED),
        check=judge_rows(SCANNED),
        baseline="advisory",
    ),
    Rule(
        id="ecr-immutable-tags",
        title="Image tags are immutable",
        severity="medium",
        controls=("FSBP ECR.2",),
        fix="Set imageTagMutability to IMMUTABLE.",
        types=types_of(IMMUTABLE),
        check=judge_rows(IMMUTABLE),
        baseline="advisory",
    ),
)
