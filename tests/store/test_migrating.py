"""The migrations lead to exactly what the models say, all at once or not at all, with a copy kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table

from app.ports.trouble import Trouble
from app.store import migrating
from app.store.engine import Engines, open_encrypted
from app.store.guard import Writer, sqlite_triggers, writing
from app.store.migrating import HEAD, MIGRATIONS, backup, migrate
from app.store.opening import STORE_ID, Store, make_store, open_store
from app.store.quick_lists import FULL_TEXT
from app.store.rows import DEVICE, SYNCED
from tests.store import trade
from tests.store.samples import KEY, ME, FixedClock


def _models() -> MetaData:
    both = MetaData(naming_convention=SYNCED.naming_convention)
    for metadata in (SYNCED, DEVICE):
        for table in metadata.sorted_tables:
            table.to_metadata(both)
    return both


def _is_of_models(_item: object, name: str | None, kind: str, _is_reflected: bool, _other: object) -> bool:
    shadows = tuple(f"{table}_" for table in FULL_TEXT)
    return not (kind == "table" and name is not None and (name in FULL_TEXT or name.startswith(shadows)))


def test_the_migrations_equal_the_models(store: Store) -> None:
    with store.engine.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_of_models})
        assert compare_metadata(context, _models()) == []


def test_the_comparison_sees_what_differs(store: Store) -> None:
    models = _models()
    Table("account", models).columns["city"].nullable = True
    with store.engine.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_of_models})
        assert len(compare_metadata(context, models)) == 1


def test_every_statement_that_makes_a_table_is_the_models(store: Store, tmp_path: Path) -> None:
    """What Alembic does not compare: defaults, autoincrement, no rowid, deferred checks, partial indexes."""
    made = open_encrypted(tmp_path / "models.db", KEY)
    with made.writer.begin() as connection:
        SYNCED.create_all(connection)
        DEVICE.create_all(connection)
        for statement in (*FULL_TEXT.values(), *sqlite_triggers().values()):
            connection.exec_driver_sql(statement)
    wanted, found = _schema(made), _schema(store.engine)
    made.dispose()
    assert set(found) - set(wanted) == {("table", "alembic_version")}
    assert {key: found[key] for key in wanted} == wanted


def _schema(engines: Engines) -> dict[tuple[str, str], str]:
    with engines.reader.connect() as connection:
        statement = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        return {(row[0], row[1]): " ".join(row[2].split()) for row in connection.exec_driver_sql(statement)}


def test_the_triggers_and_full_text_tables_are_there(store: Store) -> None:
    with store.engine.reader.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
        made: dict[str, str] = {row[0]: row[1] for row in found}
    wanted = {**sqlite_triggers(), **FULL_TEXT}
    assert {name: made.get(name) for name in wanted} == wanted


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_the_release_knows_its_last_migration() -> None:
    assert _scripts().get_current_head() == HEAD


def _steps(monkeypatch: pytest.MonkeyPatch, folder: Path, statements: Sequence[str]) -> None:
    """A next release, whose migration runs these statements."""
    folder.mkdir()
    (folder / "versions").mkdir()
    for name in ("env.py", "script.py.mako"):
        (folder / name).write_text((MIGRATIONS / name).read_text())
    for script in (MIGRATIONS / "versions").glob("*.py"):
        (folder / "versions" / script.name).write_text(script.read_text())
    body = "\n".join(f"    op.execute({statement!r})" for statement in statements)
    (folder / "versions" / "9999_next.py").write_text(
        f'"""Next."""\nfrom alembic import op\n'
        f'revision = "9999"\ndown_revision = "{HEAD}"\n\n\ndef upgrade():\n{body}\n'
    )
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    monkeypatch.setattr(migrating, "HEAD", "9999")


def test_a_store_of_this_release_is_left_alone(store: Store) -> None:
    before = store.path.read_bytes()
    assert migrate(store.engine, store.path, KEY) is None
    assert store.path.read_bytes() == before
    assert [file.name for file in store.path.parent.glob("*.before-*")] == []


def test_an_earlier_store_is_copied_then_brought_along_with_all_that_is_in_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    of = trade.account()
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(of)
        tx.commit()
    store.close()
    _steps(
        monkeypatch,
        tmp_path / "next",
        ["ALTER TABLE account ADD COLUMN colour TEXT NOT NULL DEFAULT ''", "UPDATE account SET colour = 'rose'"],
    )
    again = open_store(store.path, KEY, clock, ME)
    with again.engine.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT trade_name, colour FROM account").one() == (of.trade_name, "rose")
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
        assert connection.exec_driver_sql("SELECT state FROM changeset").scalar_one() == "pending"
    again.close()
    copy = open_encrypted(store.path.with_name("store.db.before-9999"), KEY)
    with copy.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == HEAD
        assert connection.exec_driver_sql("SELECT trade_name FROM account").scalar_one() == of.trade_name
    copy.dispose()


def test_a_migration_that_fails_leaves_schema_and_version_as_they_were(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    before = _schema(store.engine)
    store.close()
    with monkeypatch.context() as next_release:
        _steps(
            next_release,
            tmp_path / "next",
            ["ALTER TABLE account ADD COLUMN colour TEXT", "DROP TABLE journal", "INSERT INTO nowhere VALUES (1)"],
        )
        with pytest.raises(Exception, match="nowhere"):
            open_store(store.path, KEY, clock, ME)
    again = open_store(store.path, KEY, clock, ME)
    assert _schema(again.engine) == before
    again.close()


def test_a_store_of_a_later_release_is_not_touched(store: Store, clock: FixedClock) -> None:
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '99991231'")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(Trouble) as trouble:
        open_store(store.path, KEY, clock, ME)
    assert trouble.value.code == "STORE_NEWER"
    assert store.path.read_bytes() == before


def test_a_copy_is_encrypted_and_whole_though_the_store_is_in_use(store: Store, tmp_path: Path) -> None:
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(trade.account())
        tx.commit()
        # The writer still holds its connection; the rows are in the write-ahead log alone.
    copied = backup(store.path, KEY, tmp_path / "copy.db")
    assert b"Rose" not in copied.read_bytes()
    copy = open_encrypted(copied, KEY)
    assert trade.picture(copy) == trade.picture(store.engine)
    copy.dispose()
    assert [file.name for file in tmp_path.glob("*.making*")] == []


def test_a_copy_of_a_damaged_store_does_not_replace_a_good_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup(store.path, KEY, target)
    good = target.read_bytes()
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096 * 10 + 500] ^= 1
    store.path.write_bytes(content)
    with pytest.raises(Trouble):
        backup(store.path, KEY, target)
    assert target.read_bytes() == good
    assert [file.name for file in tmp_path.glob("*.making*")] == []


def test_a_store_bears_its_own_name(tmp_path: Path) -> None:
    make_store(tmp_path / "store.db", KEY, "one of its own")
    engines = open_encrypted(tmp_path / "store.db", KEY)
    with engines.reader.connect() as connection:
        found = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (STORE_ID,)).scalar_one()
    engines.dispose()
    assert found == "one of its own"


OUTBOX = ("changeset", "changeset_entry", "journal", "sqlite_sequence")


def _bytes_of_the_outbox(engines: Engines) -> list[list[tuple[object, ...]]]:
    """Every value of the outbox as it lies in the file: its type and its bytes."""
    with engines.reader.connect() as connection:
        found = []
        for table in OUTBOX:
            names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")] or ["name", "seq"]
            listed = ", ".join(f"typeof({name}), hex(CAST({name} AS BLOB))" for name in names)
            ordered = connection.exec_driver_sql(f"SELECT {listed} FROM {table} ORDER BY 2, 4")
            found.append([tuple(row) for row in ordered])
        return found


@pytest.mark.parametrize("release", ["0003", "0004"])
def test_a_migration_leaves_every_byte_of_the_outbox_alone(tmp_path: Path, release: str) -> None:
    path = tmp_path / "store.db"
    engines = open_encrypted(path, KEY)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engines.writer.begin() as connection, writing(connection, Writer.SYNC):
        config.attributes["connection"] = connection
        command.upgrade(config, release)
    # As another release may have written it: in another order, with spaces, signs escaped, columns that are no more.
    odd = '{ "name":"Rose", "gone" : 1.50, "note":"\\u00e9\\ud83c\\udf39 e\u0301", "big": 9007199254740993 }'
    with engines.writer.begin() as connection:
        for n, state in ((3, "applied"), (7, "sent"), (8, "pending")):
            mid = f"{n:032X}"  # not even the letters of a name are made small
            connection.exec_driver_sql(
                "INSERT INTO changeset (n, mid, name, at, revision, facts, final, state, result) "
                "VALUES (?, ?, 'edit_contact', ?, '0.9-ä', ?, 0, ?, ?)",
                (n, mid, 10**15 + n, odd, state, odd if n == 3 else None),
            )
            for position in (1, 0):
                connection.exec_driver_sql(
                    "INSERT INTO changeset_entry (mid, position, table_name, row_id, op, base_ver, old, new) "
                    "VALUES (?, ?, 'a_table_that_is_no_more', 'r', 'update', 4, ?, ?)",
                    (mid, position, odd, odd + " "),
                )
            connection.exec_driver_sql("INSERT INTO journal (done_by) VALUES (?)", (mid,))
    before = _bytes_of_the_outbox(engines)
    assert all(before)
    assert migrate(engines, path, KEY) is not None
    assert _bytes_of_the_outbox(engines) == before
    engines.dispose()
