"""The offline preview: the same program, without CLI, account or credentials."""
