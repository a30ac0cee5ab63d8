"""PostgreSQL itself shows a caller no row beyond the caller's scopes, also where a query forgets its condition."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import Connection, delete, insert, select, text, true
from sqlalchemy.exc import ProgrammingError

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.engine import Engines, open_url
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.protocol.frames import Ask, FrameWriter
from sync.protocol.handshake import PROTOCOL, Cursor
from sync.protocol.loads import LoadAsked
from sync.protocol.scope import CATALOGUE_TABLES, PORTFOLIO_ROOT, TABLES, portfolio
from sync.server import database
from sync.server.blobs import service as files
from sync.server.clock import now_us
from sync.server.database import in_one_write, one_picture, own_picture
from sync.server.exchange import reading, service
from sync.server.exchange.revisions import WINDOW
from sync.server.feed import Feed, write
from sync.server.grants.people import NewUser, add_user
from sync.server.grants.rights import Caller
from sync.server.loads import finding
from sync.server.loads.service import make_load
from sync.server.migrating import migrate, must_be_current
from sync.server.sight import Sight
from sync.server.straight import Question
from sync.server.tables import APPLIED, BLOB, BROUGHT, CENTRE, DEVICE
from sync.server.walls import SHOWN
from tests.architecture.sources import ROOT
from tests.postgres import PostgresServer
from tests.sync.world import prepared

PASSWORD = "correct horse battery"
PARTS = [name for name in TABLES if "account_id" in SYNCED.tables[name].c]
ACCOUNTS = {"own": "marie", "loaded": "karim", "colleague": "karim", "other team": "paul", "deleted": "marie"}
SHA = {name: f"{number:x}" * 64 for number, name in enumerate(ACCOUNTS)}
MINE = {"own", "loaded"}


@dataclass(frozen=True)
class Walled:
    """A centre of two teams in which every synced table holds rows of each account; the names of rows tell whose."""

    engines: Engines
    caller: Caller

    def seen(self, table: str, column: str = "id", sight: Sight | None = None) -> set[str]:
        """What a caller's reading gets that asks for a whole table."""
        with one_picture(self.engines, sight or self.caller.sight) as connection:
            return {str(row[0]) for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}")}

    def there(self, table: str, column: str = "id") -> set[str]:
        with own_picture(self.engines) as connection:
            return {str(row[0]) for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}")}


@pytest.fixture
def walled(postgres_copy: Callable[[Callable[[str], None]], str]) -> Iterator[Walled]:
    engines = open_url(postgres_copy(filled))
    with own_picture(engines) as connection:
        rep = connection.exec_driver_sql("SELECT id FROM rep WHERE login = 'marie'").scalar_one()
    loads = ("account/loaded",)
    yield Walled(engines, Caller(device="device/marie", login="marie", rep_id=rep, team="nord", loads=loads))
    engines.dispose()


def filled(url: str) -> None:
    """Migrate and fill a fresh database."""
    prepared(url)
    engines = open_url(url)
    reps = {
        login: _rep(engines, login, team) for login, team in (("marie", "nord"), ("karim", "nord"), ("paul", "sud"))
    }
    write(engines, lambda _connection, feed: _fill(feed, reps))
    caller = Caller(device="device/marie", login="marie", rep_id=reps["marie"], team="nord")
    make_load(engines, caller, LoadAsked(account_id="account/loaded", until=now_us() + 10**9))
    write(engines, _delete)
    in_one_write(engines, lambda connection: _centre_rows(connection, reps))
    engines.dispose()


def _rep(engines: Engines, login: str, team: str) -> str:
    new = NewUser(login=login, name=login.title(), password=PASSWORD, team=team)
    return str(write(engines, lambda connection, feed: add_user(connection, feed, new)))


def _fill(feed: Feed, reps: dict[str, str]) -> None:
    for table in TABLES:
        if table in CATALOGUE_TABLES:
            feed.load(table, [_row(table, "all")])
        elif table == PORTFOLIO_ROOT:
            feed.load(table, [_row(table, name) | {"rep_id": reps[login]} for name, login in ACCOUNTS.items()])
        elif table in PARTS:
            feed.load(table, [_row(table, name) for name in ACCOUNTS])


def _row(table: str, of: str) -> Record:
    """A row of a table that says of which account it is, wherever it can say anything.

    The own document also names the file of the other team, which was never brought for its account.
    """
    row: dict[str, Value] = {"id": f"{table}/{of}"}
    for column in SYNCED.tables[table].columns:
        owner = next((key.column.table.name for key in column.foreign_keys), None)
        if owner is not None or column.name == "account_id":
            row[column.name] = f"{owner or PORTFOLIO_ROOT}/{of}"
        elif column.name in ("sha256", "shown_sha256"):
            is_planted = of == "own" and column.name == "shown_sha256"
            row[column.name] = SHA["other team" if is_planted else of]
        elif column.name not in ("id", "ver") and not column.nullable and column.server_default is None:
            row[column.name] = of if column.type.python_type is str else 0
    return row


def _delete(connection: Connection, feed: Feed) -> None:
    for name in reversed((PORTFOLIO_ROOT, *PARTS)):
        table, row = SYNCED.tables[name], f"{name}/deleted"
        if name == "document":
            connection.execute(text("SELECT set_config('tournee.writing', '2', true)"))
        connection.execute(delete(table).where(table.c.id == row))
        feed.touch(name, [row])


def _centre_rows(connection: Connection, reps: dict[str, str]) -> None:
    for number, login in enumerate(reps):
        device = {"device": f"device/{login}", "login": login, "name": "", "public_key": "", "certificate": ""}
        connection.execute(insert(DEVICE).values(device | {"enrolled_at": 1}))
        answer = {"device": f"device/{login}", "n": 1, "mid": login, "hash": "", "result": login, "at": number}
        connection.execute(insert(APPLIED).values(answer))
    connection.execute(
        insert(BLOB), [{"sha256": SHA[name], "size": len(name), "content": name.encode()} for name in SHA]
    )
    connection.execute(insert(BROUGHT), [{"sha256": SHA[name], "account_id": f"account/{name}"} for name in SHA])


# ---------------------------------------------------------------------------------------------- no predicate at all
@pytest.mark.postgres
def test_a_reading_that_forgets_its_condition_shows_a_rep_what_is_hers_and_what_she_loaded(walled: Walled) -> None:
    for table in (PORTFOLIO_ROOT, *PARTS):
        assert walled.there(table) == {f"{table}/{name}" for name in ACCOUNTS if name != "deleted"}, table
        assert walled.seen(table) == {f"{table}/{name}" for name in MINE}, table
    for table in CATALOGUE_TABLES:
        assert walled.seen(table) == {f"{table}/all"}
    assert walled.seen("rep", "login") == {"marie", "karim"}
    assert walled.seen("blob", "sha256") == {SHA[name] for name in MINE}
    assert walled.seen("blob_brought", "account_id") == {f"{PORTFOLIO_ROOT}/{name}" for name in MINE}
    assert walled.seen("sync_entry", "scope") == walled.seen("sync_scope", "scope") == set(walled.caller.scopes)
    assert {f"{PORTFOLIO_ROOT}/deleted", f"{PORTFOLIO_ROOT}/loaded"} < walled.seen("sync_entry", "row_id")
    assert f"{PORTFOLIO_ROOT}/colleague" not in walled.seen("sync_entry", "row_id")
    assert walled.seen("sync_applied", "result") == walled.seen("centre_user", "login") == {"marie"}
    assert walled.seen("sync_device", "device") == {"device/marie"}
    assert walled.seen("sync_meta", "name") == {"epoch"}


@pytest.mark.postgres
def test_nobody_told_sees_nothing_and_a_search_sees_the_team_s_accounts_alone(walled: Walled) -> None:
    nothing = Sight("", ())
    with one_picture(walled.engines, Sight("", ('team:a "b", \\c', "team:{d}"))) as connection:
        told = connection.exec_driver_sql("SELECT tournee_told_of('scopes')").scalar_one()
        assert told == ['team:a "b", \\c', "team:{d}"], "a team may be called anything"
    for table in (*SYNCED.tables, "sync_entry", "sync_scope", "sync_applied", "blob", "blob_brought"):
        assert walled.seen(table, "ctid", nothing) == set(), table
    with own_picture(walled.engines) as connection:
        team = walled.caller.sight_of(connection.exec_driver_sql("SELECT id FROM rep WHERE team = 'nord'").scalars())
    assert walled.seen(PORTFOLIO_ROOT, "id", team) == {f"{PORTFOLIO_ROOT}/{name}" for name in (*MINE, "colleague")}
    for table in PARTS:
        assert walled.seen(table, "id", team) == set(), table


@pytest.mark.postgres
def test_what_was_told_ends_with_its_transaction_however_that_ends(walled: Walled) -> None:
    with walled.engines.reader.connect() as connection:
        before = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with pytest.raises(ProgrammingError, match="permission denied"):
        walled.seen("token", "device")
    with one_picture(walled.engines, walled.caller.sight) as connection:
        may_write = "SELECT has_table_privilege('contact', 'INSERT') OR has_table_privilege('contact', 'DELETE')"
        assert not connection.exec_driver_sql(may_write).scalar_one()
    with own_picture(walled.engines) as connection:
        asked = "SELECT pg_backend_pid(), current_user = session_user, current_setting('tournee.scopes')"
        assert connection.exec_driver_sql(asked).one() == (before, True, "")
    assert len(walled.there("contact")) == len(ACCOUNTS) - 1


# ---------------------------------------------------------------------------------------------- predicates left out
def _asks_for_another_s_cursor(walled: Walled, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(service, "_followed", lambda _caller, ask: list(ask.cursors))
    scopes = sorted(walled.there("sync_scope", "scope"))
    with own_picture(walled.engines) as connection:
        epoch = connection.exec_driver_sql("SELECT value FROM sync_meta WHERE name = 'epoch'").scalar_one()
    cursors = tuple(Cursor(scope=scope, seq=0, tag="") for scope in scopes)
    body = FrameWriter()
    ask = body.line(Ask(protocol=PROTOCOL, revision=WINDOW.present, epoch=epoch, cursors=cursors, first=1))
    return service.exchange(walled.engines, walled.caller, ask + body.end()).said


def _reads_another_s_scope(walled: Walled, _: pytest.MonkeyPatch) -> bytes:
    with own_picture(walled.engines) as connection:
        paul = connection.exec_driver_sql("SELECT rep_id FROM account WHERE id = 'account/other team'").scalar_one()
    return b"".join(service._snapshot(walled.engines, walled.caller, str(portfolio(paul)), None))


def _reads_rows_by_no_ids(walled: Walled, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(reading, "_by_id", lambda name: Question(select(*SYNCED.tables[name].columns)))
    return _asks_for_another_s_cursor(walled, patch)


def _hears_another_s_answers(walled: Walled, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(service, "answers", lambda connection, *_: [connection.exec_driver_sql(_ALL_ANSWERS).scalar_one()])
    patch.setattr(FrameWriter, "lines", lambda _self, frames: str(frames).encode())
    return service.results(walled.engines, walled.caller, 1, 9)


_ALL_ANSWERS = "SELECT string_agg(result, ',') FROM sync_applied"


def _fetches_another_s_file(walled: Walled, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(files, "must_be_named", lambda *_: None)
    try:
        size = files.size_of(walled.engines, walled.caller, SHA["other team"])
    except Refusal as refusal:
        return refusal.code.encode()
    return b"".join(files.slices(walled.engines, walled.caller, SHA["other team"], 0, size))


def _searches_every_team(walled: Walled, patch: pytest.MonkeyPatch) -> bytes:
    patch.setattr(Caller, "shares_team", lambda *_: true())
    return str(finding.find(walled.engines, walled.caller, "other team")).encode()


BUGS = (
    _asks_for_another_s_cursor,
    _reads_another_s_scope,
    _reads_rows_by_no_ids,
    _hears_another_s_answers,
    _fetches_another_s_file,
    _searches_every_team,
)


@pytest.mark.postgres
def test_a_predicate_that_is_left_out_leaks_nothing_and_would_without_the_wall(
    walled: Walled, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bug in BUGS:
        with monkeypatch.context() as patch:
            said = bug(walled, patch)
            assert b"other team" not in said, bug.__name__
            assert b"paul" not in said, bug.__name__
            assert b"colleague" not in said, bug.__name__
            patch.setattr(database, "look_as", lambda *_: None)
            said = bug(walled, patch)
            assert b"other team" in said or b"paul" in said, f"{bug.__name__} is no bug that this test would see"


# ---------------------------------------------------------------------------------------------- every table, every door
def _without_a_wall(connection: Connection, names: set[str]) -> set[str]:
    """Give the tables of these that the callers' role may read though no policy limits what it is shown."""
    limited = (
        "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
        "WHERE relrowsecurity AND polcmd = 'r' AND NOT pg_get_expr(polqual, polrelid) = 'true'"
    )
    return names - {*connection.exec_driver_sql(limited).scalars()}


@pytest.mark.postgres
def test_every_synced_table_has_its_wall_and_no_other_can_be_read(walled: Walled) -> None:
    callers = "session_user || '_caller'"
    readable = f"has_any_column_privilege({callers}, oid, 'SELECT')"
    writable = f"has_table_privilege({callers}, oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
    of_ours = "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    with own_picture(walled.engines) as connection:
        may_read = {*connection.exec_driver_sql(f"SELECT relname {of_ours} AND {readable}").scalars()}
        may_write = {*connection.exec_driver_sql(f"SELECT relname {of_ours} AND {writable}").scalars()}
        open_tables = _without_a_wall(connection, set(SYNCED.tables))
    assert not open_tables, f"no policy of row-level security: give {sorted(open_tables)} one in a migration"
    assert may_read == set(SHOWN)
    assert may_write == set()
    assert set(SHOWN) - set(SYNCED.tables) < set(CENTRE.tables)


@pytest.mark.postgres
def test_a_synced_table_without_a_wall_is_named_and_not_shown(walled: Walled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHOWN, "novelty", "")
    with walled.engines.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE novelty (id text PRIMARY KEY, account_id text)")
    migrate(walled.engines)
    with own_picture(walled.engines) as connection:
        assert _without_a_wall(connection, {*SYNCED.tables, "novelty"}) == {"novelty"}
    with pytest.raises(ProgrammingError, match="permission denied"):
        walled.seen("novelty")


PAST_THE_WALLS = {
    "database.py": "makes the doors",
    "exchange/checking.py": "check-sums, a command",
    "exchange/service.py": "one look: heads of the caller's scopes, no row of a customer",
    "grants/commands.py": "commands about devices",
    "grants/device_routes.py": "lists of devices and people, no customer's data",
    "grants/enrolment.py": "a password, before anybody is known",
    "grants/hearing.py": "proofs heard",
    "grants/proving.py": "who asks",
    "grants/recovery.py": "whose store it is, before anybody is known",
    "grants/staying.py": "whether the device still stands",
    "imports/command.py": "imports",
    "imports/writing.py": "what an import would do",
    "loads/service.py": "which loads are over, a command",
    "metrics.py": "figures",
    "migrating.py": "migrations",
    "moved.py": "tells other processes",
    "waking.py": "names the database",
    "notifying.py": "names the database",
    "overhearing.py": "whether another process wrote",
    "serving.py": "asks for the limit of connections",
    "watermark.py": "whether the centre was put back",
}
"""Who reads as the centre itself: modules below sync/server, and what for. What writes goes through `in_one_write`."""


def test_who_reads_past_the_walls_is_known() -> None:
    folder = ROOT / "sync" / "server"
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("reader", "writer") and "engines" in ast.dump(node.value))
        or (isinstance(node, ast.Name) and node.id == "own_picture")
    }
    assert found == set(PAST_THE_WALLS), "to read as the centre itself is to be written down here, with its reason"


@pytest.mark.postgres
def test_the_wall_leaves_a_reading_its_indexes(walled: Walled) -> None:
    scope = walled.caller.scopes[2]
    asked = (
        ("(seq > ", reading._LOG, {"scope": scope, "seq": 1}),
        ("(row_id > ", reading._page("activity"), {"scope": scope, "last": "", "most": 9}),
        ("(id = ANY (", reading._by_id("activity"), {"wanted": ["activity/own"]}),
    )
    for condition, question, values in asked:
        statement = question._statement if isinstance(question, Question) else question
        with one_picture(walled.engines, walled.caller.sight) as connection:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of so few rows it would read all
            words = statement.compile(dialect=connection.dialect)
            explained = connection.exec_driver_sql(f"EXPLAIN {words}", words.construct_params(values))
            by_index = [line for line in explained.scalars() if "Index Cond" in line and condition in line]
        assert by_index, f"{condition} is looked for row by row"


# ---------------------------------------------------------------------------------------------- set up
@pytest.mark.postgres
def test_a_user_who_may_make_no_role_is_told_what_to_ask_for_and_then_works_behind_the_walls(
    postgres_server: PostgresServer,
) -> None:
    name = postgres_server.create()
    admin = f"postgresql://postgres@127.0.0.1:{postgres_server.port}/{name}"
    with psycopg.connect(admin, autocommit=True) as link:
        link.execute("CREATE ROLE plain LOGIN")
        link.execute(f"ALTER DATABASE {name} OWNER TO plain")
        link.execute("ALTER SCHEMA public OWNER TO plain")
    engines = open_url(postgres_server.url(name).replace("postgres@", "plain@"))
    try:
        with pytest.raises(Trouble, match="CALLERS_NOT_APART") as told:
            migrate(engines)
        assert told.value.facts == {"role": "plain_caller", "user": "plain"}
        with psycopg.connect(admin, autocommit=True) as link:
            link.execute("CREATE ROLE plain_caller NOLOGIN")
            link.execute("GRANT plain_caller TO plain")
        migrate(engines)
        must_be_current(engines)
        rep = _rep(engines, "marie", "nord")
        other = _rep(engines, "paul", "sud")
        accounts = [_row("account", "own") | {"rep_id": rep}, _row("account", "other team") | {"rep_id": other}]
        write(engines, lambda _connection, feed: feed.load("account", accounts))
        walled = Walled(engines, Caller(device="", login="marie", rep_id=rep, team="nord"))
        assert walled.seen("account") == {"account/own"}
        assert walled.there("account") == {"account/own", "account/other team"}
        with psycopg.connect(admin, autocommit=True) as link:
            link.execute("ALTER ROLE plain_caller BYPASSRLS")
        with pytest.raises(Trouble, match="CALLERS_NOT_APART"):
            must_be_current(engines)
    finally:
        engines.dispose()
        postgres_server.drop(name)
        with psycopg.connect(admin.replace(name, "postgres"), autocommit=True) as link:
            link.execute("DROP ROLE IF EXISTS plain_caller")
            link.execute("DROP ROLE IF EXISTS plain")
