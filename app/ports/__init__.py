"""What the actions ask of the world, as protocols: the store, the clock, documents, the seal, the network."""
