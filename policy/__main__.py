"""Starts the policy pack for the Pulumi engine."""

from guardrails.sdk import serve

serve()
