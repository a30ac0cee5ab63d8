"""Knowing and preparing an account."""
