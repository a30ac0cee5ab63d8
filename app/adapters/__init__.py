"""The ports made real: paper, seal, post, keyring, printers."""
