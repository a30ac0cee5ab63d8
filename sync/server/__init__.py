"""The centre: one place that gathers what all devices did and gives each what it is entitled to."""
