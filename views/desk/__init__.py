"""Requests to customer service."""
