"""Entry points: load balancer, HTTP API, distribution, web ACL, web app, certificates."""
