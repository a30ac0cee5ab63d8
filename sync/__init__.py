"""How work reaches the centre and comes back: the language, the device's side, the centre."""
