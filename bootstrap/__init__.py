"""The S3 backend for the state of the stacks; its own state is a file in this folder."""
