"""The customers: list and preparation."""
