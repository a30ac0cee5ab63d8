"""The designer's bench: every widget in every state and theme, as pictures to hold against the design."""
