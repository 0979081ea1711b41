"""The lines of system 2, agent-team, part by part."""
