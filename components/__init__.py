"""The components of the platform, one folder per area."""
