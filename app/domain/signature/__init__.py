"""The signature: the form that is shown, the stroke, and the sealed copy that nothing can change."""
