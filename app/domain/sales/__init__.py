"""The sale: orders that run, proposals, what cannot be signed together, losses, and the split."""
