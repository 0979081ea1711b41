"""The way in: load balancer, HTTP API, certificates."""
