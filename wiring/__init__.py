"""Joins the components of one stack: what the settings name, and what each component publishes."""
