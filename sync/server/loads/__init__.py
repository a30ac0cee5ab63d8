"""Accounts that a device loads for a visit."""
