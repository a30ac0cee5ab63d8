"""What is on its way to the centre."""
