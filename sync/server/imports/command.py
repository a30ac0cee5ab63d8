"""The command `tournee-centre import`: reads, names what is wrong or writes all at once, ends with one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.ports.trouble import Trouble
from app.store.engine import Engines, open_url
from sync.server.imports.mapping_file import load_mapping
from sync.server.imports.preview import told
from sync.server.imports.problem import Malformed, Problem, Problems
from sync.server.imports.reading import Understood, understand
from sync.server.imports.rows import Imported
from sync.server.imports.writing import Effect, TableEffect, foreseen, write
from sync.server.migrating import migrate, must_be_current, revision_of

DONE = 0
REFUSED = 2


def run(mapping: Path, folder: Path, database_url: str, dry_run: bool, language: str = "fr") -> int:  # noqa: FBT001  # as the command line has it
    """Import a folder of CSV files by a mapping, or say with `dry_run` what would come.

    Problems and the preview go to standard error, the figures as one line of JSON to standard output. Gives the exit
    code: 0 when all was taken, 2 when anything is wrong: then nothing is written. A database that was never migrated
    is brought up first. Raises Trouble CENTRE_NOT_MIGRATED for one of another version.
    """
    problems = Problems()
    found = Understood(Imported(), problems)
    try:
        found = understand(load_mapping(mapping), folder)
        problems = found.problems
    except Malformed as fault:
        for problem in fault.problems:
            problems.add(problem)
    if not problems:
        try:
            effect = _foreseen(database_url, found.rows) if dry_run else _written(database_url, found.rows)
        except Malformed as fault:
            for problem in fault.problems:
                problems.add(problem)
        except (SQLAlchemyError, Trouble) as error:
            problems.add(_not_ready(database_url, error))
        else:
            _say(told(found.rows, effect, language, is_dry=dry_run))
    _say(problems.told(language))
    sys.stdout.write(json.dumps(found.counts) + "\n")
    sys.stdout.flush()
    return REFUSED if problems else DONE


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _written(database_url: str, rows: Imported) -> Effect:
    engines = open_url(database_url)
    try:
        if not _revision(engines):
            migrate(engines)
        must_be_current(engines)
        return write(engines, rows)
    finally:
        engines.dispose()


def _foreseen(database_url: str, rows: Imported) -> Effect:
    """Hold the rows against what is there; a centre that does not exist yet has nothing, and is not made."""
    all_new = {name: TableEffect(new=list(wanted)) for name, wanted in rows.tables.items()}
    path = make_url(database_url).database
    if make_url(database_url).get_backend_name() == "sqlite" and path and not Path(path).exists():
        return all_new
    engines = open_url(database_url)
    try:
        if not _revision(engines):
            return all_new
        must_be_current(engines)
        return foreseen(engines, rows)
    finally:
        engines.dispose()


def _revision(engines: Engines) -> str:
    with engines.reader.connect() as connection:
        return revision_of(connection)


def _not_ready(database_url: str, error: SQLAlchemyError | Trouble) -> Problem:
    name = make_url(database_url).render_as_string(hide_password=True)
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return Problem(file=name, line=0, place="", code="CENTRE_NOT_READY", facts={"reason": reason})
