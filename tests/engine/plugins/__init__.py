"""The stand-in provider: a gRPC server that the engine starts in the place of the real plugins."""
