"""The lines of system 1, dyno-agent, part by part."""
