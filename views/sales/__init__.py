"""The sale's screens: proposal, comparison, split, losses, and the courtesy screen that the customer sees."""
