"""Signing the order form."""
