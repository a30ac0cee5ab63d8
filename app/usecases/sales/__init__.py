"""Preparing, negotiating and ordering a proposal."""
