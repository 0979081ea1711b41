"""Clusters, services and images."""
