"""The store: rows, repositories, readers, the unit of work, history, the vault; rows never leave it.

To open: `Vault(folder, secrets).create(passphrase, clock, me)` or `.open(…)` (app.store.vault) give a `Store`, as does
`open_store(path, key, clock, me)` (app.store.opening) for one whose raw key is at hand:

    Store(work, readers, history, engine, path), store.close()

`store.work` is the port Work, `store.readers` Readers, `store.history` History; `store.work.listen(touched)` tells the
names of the tables after each commit. Bulk loads go through `app.store.bulk.bulk_insert(connection, table, rows)` on
`store.engine.writer.begin()` inside `app.store.guard.writing(connection, Writer.SYNC)`, then `rebuild_lists(…)` and
`store.work.tell(tables)`. The centre opens its database by `app.store.engine.open_url(url)` and hands `SqlWork` a
journal of its own (app.store.journal.Journal).
"""
