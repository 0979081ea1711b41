"""Planned values against the API models of AWS, which botocore ships."""
