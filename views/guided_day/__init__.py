"""The guided day: a rep's main job played through the real window by real events, step by step."""
