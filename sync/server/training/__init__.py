"""The training base: a practice store with example accounts; nothing in it reaches the real centre."""

from sync.server.training.loading import TrainingLoaded, fill, load

__all__ = ["TrainingLoaded", "fill", "load"]
