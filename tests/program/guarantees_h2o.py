"""The guarantees of h2o-allegiant's web app and backup vault that a rule of the policy pack watches."""

from __future__ import annotations

from tests.program.guarantees import Row
from tests.program.mutations import drop, put, untag

__all__ = ["H2O", "ROWS"]

H2O = "systems/h2o-allegiant.prod.yaml"
APP, BRANCH, VAULT = "amplify/app::amplify", "amplify/branch::amplify-branch-main", "backup/vault::backup-vault"
TOKEN = {"GITHUB_TOKEN": "abcdef-123"}

ROWS = (
    Row("no-secrets-in-environment", APP, put(APP, "environmentVariables", TOKEN), file=H2O),
    Row("no-secrets-in-environment", BRANCH, put(BRANCH, "environmentVariables", TOKEN), file=H2O),
    Row("required-tags", APP, untag(APP), file=H2O),
    Row("customer-managed-keys", VAULT, drop(VAULT, "kmsKeyArn"), file=H2O),
    Row("no-forced-deletion", VAULT, put(VAULT, "forceDestroy", True), file=H2O),
    Row("required-tags", VAULT, untag(VAULT), file=H2O),
)
