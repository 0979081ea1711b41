"""The VPC: subnets, NAT, endpoints, flow logs, and the allowed connections between security groups."""
