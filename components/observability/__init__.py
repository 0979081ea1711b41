"""Alarms, their recipients, dashboards."""
