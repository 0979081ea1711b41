"""The S3 backend that keeps the state of the stacks; its own state stays in this folder."""
