"""The language both sides speak: changesets, results, scopes, frames; a pure core fed with bytes from outside."""
