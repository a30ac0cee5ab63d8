"""The device's side of sync: it sends what the rep did and takes in what is new, away from the window's thread."""
