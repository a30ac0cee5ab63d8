"""The store: rows, repositories, readers, the unit of work, history, the vault; rows never leave it."""
