"""Tournée without a screen and without a network: the rules of the trade, the actions, the store."""
