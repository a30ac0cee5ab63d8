"""The day and the figures."""
