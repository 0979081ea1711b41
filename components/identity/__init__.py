"""Identity: roles and user pools."""
