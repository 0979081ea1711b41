"""AWS Backup: a vault, a daily plan, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.key import Key, KeyArgs
from components.identity.role import Role, RoleArgs
from settings.data.backup import Backup

__all__ = ["BackupPlan", "BackupPlanArgs"]

_POLICIES = tuple(f"service-role/AWSBackupServiceRolePolicyFor{what}" for what in ("Backup", "Restores"))
_BUCKET_POLICIES = ("AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore")
# Minutes: a job starts within an hour, which is AWS's least, or is given up, and ends within eight.
_START, _END = 60, 480


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlanArgs:
    """Arguments of `BackupPlan`."""

    settings: Backup
    """When, and for how long."""
    resource_arns: Mapping[str, pulumi.Input[str]]
    """Databases and file systems that are backed up, by a name of their own."""
    bucket_arns: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """Buckets that are backed up, for which the role needs more; versioned, and telling the event bus of changes."""
    account: Account
    """The account, its region and partition."""
    protect: bool
    """Refuse to delete the vault, and keep its key; without it, recovery points go with the stack."""

    def __post_init__(self) -> None:
        if not self.resource_arns and not self.bucket_arns:
            raise ValueError("a backup plan without resources backs nothing up; name one, or leave the plan out")


class BackupPlan(Component):
    """A daily AWS Backup plan; see `settings.backup.Backup` for what it costs. The key costs about 1 USD a month.

    Creates: vault with a key of its own, plan, selection, and the role that backs up and restores; with `copy_to`, a
    vault with a key of its own in the other region.
    Guarantees: exactly the given resources, by ARN and not by tag; recovery points of file systems and buckets are
    encrypted with the vault's key, those of databases with the database's own, and copies with that of the vault they
    are in; the keys are kept as long as protected recovery points need them.
    Errors: ValueError without resources.
    """

    def __init__(self, name: str, args: BackupPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        settings = args.settings
        vault = self._vault(args)
        copies = None if settings.copy_to is None else self._vault(args, "copy-", settings.copy_to.region)
        plan = aws.backup.Plan(
            self.child_name(),
            rules=[
                aws.backup.PlanRuleArgs(
                    rule_name="daily",
                    target_vault_name=vault.name,
                    schedule=_daily(settings.at),
                    schedule_expression_timezone="Etc/UTC",
                    start_window=_START,
                    completion_window=_END,
                    lifecycle=aws.backup.PlanRuleLifecycleArgs(
                        cold_storage_after=settings.cold_after_days, delete_after=settings.keep_days
                    ),
                    copy_actions=_copies(settings, copies),
                )
            ],
            opts=self.child_opts(),
        )
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="backup.amazonaws.com",
                description="Backs up and restores",
                managed_policies=[
                    args.account.managed_policy(policy)
                    for policy in (*_POLICIES, *(_BUCKET_POLICIES if args.bucket_arns else ()))
                ],
            ),
            self.child_opts(),
        )
        aws.backup.Selection(
            self.child_name("selection"),
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=[arn for arns in (args.resource_arns, args.bucket_arns) for _, arn in sorted(arns.items())],
            opts=self.child_opts(depends_on=role.policies),
        )
        self.vault_name = vault.name
        self.copy_vault_arn = None if copies is None else copies.arn
        self.role_arn = role.arn
        self.done(vault_name=self.vault_name)

    def _vault(self, args: BackupPlanArgs, prefix: str = "", region: str | None = None) -> aws.backup.Vault:
        key = Key(
            self.child_name(f"{prefix}key"),
            KeyArgs(
                description="Recovery points",
                account=args.account,
                retain=args.protect,
                region=region,
            ),
            self.child_opts(),
        )
        return aws.backup.Vault(
            self.child_name(f"{prefix}vault"),
            kms_key_arn=key.arn,
            # AWS refuses to delete a vault that holds recovery points.
            force_destroy=not args.protect,
            region=region,
            opts=self.child_opts(protect=args.protect),
        )


def _copies(settings: Backup, vault: aws.backup.Vault | None) -> list[aws.backup.PlanRuleCopyActionArgs] | None:
    if settings.copy_to is None or vault is None:
        return None
    lifecycle = aws.backup.PlanRuleCopyActionLifecycleArgs(
        cold_storage_after=settings.copy_to.cold_after_days, delete_after=settings.copy_to.keep_days
    )
    return [aws.backup.PlanRuleCopyActionArgs(destination_vault_arn=vault.arn, lifecycle=lifecycle)]


def _daily(at: str) -> str:
    hour, minute = at.split(":")
    return f"cron({int(minute)} {int(hour)} * * ? *)"
