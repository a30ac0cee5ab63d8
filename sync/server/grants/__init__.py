"""Who may enter the centre: people, their devices, the certificates they sign with, proofs on each request."""
