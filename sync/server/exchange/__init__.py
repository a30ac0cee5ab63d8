"""What devices send and what they get: changesets taken once, the scopes' feed, first pulls."""
