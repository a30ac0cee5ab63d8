"""The commands of the centre: migrate, serve, let people and devices in, import, fill the training base."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.engine import Engines, open_url
from resources.wording import words
from sync.protocol.standing import Role
from sync.server.database import in_one_write
from sync.server.exchange import slot_terms
from sync.server.feed import write
from sync.server.grants.commands import add_commands
from sync.server.grants.people import NewUser, add_user
from sync.server.loads.service import tidy_loads
from sync.server.migrating import migrate, must_be_current
from sync.server.settings import DATABASE, PASSWORD, read_files
from sync.server.tidying import tidy
from sync.server.watermark import Watermark, file_of

DEFAULT = "sqlite:///tournee-centre.db"
WRONG = 2
"""The exit code when something was asked that cannot be; 1 says that `check-sums` found what it did not mend."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives 0, or 2 with one line that says what is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a system's own code page may lack what is to be said
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        read_files()
    except OSError as error:
        return _say(f"A setting's file cannot be read: {error}")
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        return run(asked)
    except Refusal as refusal:
        return _say(words("refusals", refusal.code, "en", **refusal.facts))
    except Trouble as trouble:
        return _say(words("troubles", trouble.code, "en", **trouble.facts) + f" {trouble.technical}".rstrip())
    except ArgumentError as error:
        return _say(f"The database address is not understood: {error}")
    except (SQLAlchemyError, OSError) as error:
        return _say(f"The database cannot be used: {str(getattr(error, 'orig', None) or error).splitlines()[0]}")


def _say(what: str) -> int:
    print(f"tournee-centre: {what}", file=sys.stderr)
    return WRONG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tournee-centre", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = partial(_command, commands)

    add("migrate", _migrate, "bring the database to this version; run it again at will")
    serve = add("serve", _serve, "serve devices until told to stop")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8470)
    serve.add_argument("--workers", type=_at_least_one, default=1, help="processes that share the port, on PostgreSQL")
    serve.add_argument("--until-input-ends", action="store_true", help="stop when whoever started it is gone")

    users = commands.add_parser("user", help="people who may enter").add_subparsers(required=True, metavar="COMMAND")
    user = _command(users, "add", _add_user, f"let a person in; the password comes from {PASSWORD}, a prompt or stdin")
    user.add_argument("login")
    user.add_argument("--name", required=True)
    user.add_argument("--rep", default="", help="id or login of a rep; without it a rep is made with the login")
    user.add_argument("--team", default="")
    user.add_argument("--email", default="")
    user.add_argument("--role", choices=[role.value for role in Role], default=Role.REP.value)

    devices = commands.add_parser("device", help="devices of reps").add_subparsers(required=True, metavar="COMMAND")
    add_commands(users, devices, _command, _with_database)

    imports = add("import", _import, "take in a folder of CSV exports by a mapping")
    imports.add_argument("--mapping", type=Path, required=True, metavar="FILE.yaml")
    imports.add_argument("--dry-run", action="store_true", help="show what would come, write nothing")
    imports.add_argument("--language", choices=("fr", "en", "zh"), default="fr")
    imports.add_argument("folder", type=Path)

    checks = add("check-sums", _check_sums, "say which scopes have a kept sum that is not that of their rows")
    checks.add_argument("--mend", action="store_true", help="put them right")

    add("restored", _restored, "say that the database was put back from a copy: devices send again what it lacks")
    add(
        "tidy",
        _tidy,
        "let go of what is over 400 days old, of loads and of limited places whose time is over; run it daily",
    )
    holds = add("hold-places", _hold_places, "say for how many days a limited place is held that is not ordered")
    holds.add_argument("days", type=slot_terms.days_in)

    add("training", _training, "fill an empty centre with the example accounts")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    default = os.environ.get(DATABASE) or DEFAULT
    parser.add_argument(
        "--database",
        default=default,
        metavar="URL",
        help=f"sqlite:///FILE or postgresql+psycopg://…, else {DATABASE}, else {DEFAULT}",
    )
    parser.set_defaults(run=run)
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _must_be_there(database: str) -> None:
    """Raise Trouble CENTRE_MISSING for a SQLite file that is not there: opening it would leave an empty one."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise Trouble("CENTRE_MISSING", {"path": url.database or ""})


def _with_database(asked: argparse.Namespace, work: Callable[[Engines], None]) -> int:
    _must_be_there(asked.database)
    engines = open_url(asked.database)
    try:
        must_be_current(engines)
        work(engines)
    finally:
        engines.dispose()
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    engines = open_url(asked.database)
    try:
        print(f"The centre's database stands at revision {migrate(engines)}.")
    finally:
        engines.dispose()
    return 0


def _serve(asked: argparse.Namespace) -> int:
    from sync.server.serving import serve

    _must_be_there(asked.database)
    serve(asked.database, asked.host, asked.port, workers=asked.workers, until_input_ends=asked.until_input_ends)
    return 0


def _add_user(asked: argparse.Namespace) -> int:
    person = {"login": asked.login, "name": asked.name, "rep": asked.rep, "team": asked.team, "email": asked.email}
    new = NewUser(**person, role=Role(asked.role), password=_password())

    def work(engines: Engines) -> None:
        rep_id = write(engines, lambda connection, feed: add_user(connection, feed, new))
        print(f"{new.login} may enter, as rep {rep_id}.")

    return _with_database(asked, work)


def _password() -> str:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _import(asked: argparse.Namespace) -> int:
    from sync.server.imports.command import run

    return run(asked.mapping, asked.folder, asked.database, asked.dry_run, asked.language)


def _check_sums(asked: argparse.Namespace) -> int:
    from sync.server.exchange.checking import mend, wrong_sums

    left: list[str] = []

    def work(engines: Engines) -> None:
        for wrong in wrong_sums(engines):
            print(f"{wrong.scope}: kept {wrong.kept or 'nothing'}, true {wrong.true or 'nothing'}")
            if asked.mend:
                mend(engines, wrong.scope)
            else:
                left.append(wrong.scope)

    _with_database(asked, work)
    return 1 if left else 0


def _restored(asked: argparse.Namespace) -> int:
    def work(engines: Engines) -> None:
        done = Watermark(engines, file_of(asked.database)).restored()
        print(f"Epoch {done.epoch} begins after {done.before}; {done.nonces} proofs heard before it are forgotten.")
        print("Devices keep all they have, read their scopes anew and send again what is missing here.")
        print("Devices enrolled after the copy was made are unknown now: enrol them again, their work is kept.")

    return _with_database(asked, work)


def _tidy(asked: argparse.Namespace) -> int:
    def work(engines: Engines) -> None:
        done = tidy(engines)
        print(
            f"Let go of {done.answers} answers, {done.deleted} deleted rows, {done.departures} departures, "
            f"{done.files} files, {done.proofs} proofs; {tidy_loads(engines)} loads were over, "
            f"{slot_terms.let_go_of_expired(engines)} limited places are free again."
        )

    return _with_database(asked, work)


def _hold_places(asked: argparse.Namespace) -> int:
    def work(engines: Engines) -> None:
        in_one_write(engines, lambda connection: slot_terms.set_valid_days(connection, asked.days))
        print(f"Limited places are held {asked.days} days from now on; what is granted already keeps its term.")

    return _with_database(asked, work)


def _training(asked: argparse.Namespace) -> int:
    from sync.server import training

    engines = open_url(asked.database)
    try:
        migrate(engines)
        training.fill(engines)
    finally:
        engines.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
