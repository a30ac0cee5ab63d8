"""How devices and the centre keep each other up to date."""
