"""Asks for many rows by their names with one statement, which is the same however many they are.

A list of placeholders is another statement for every length: it is written and prepared anew, and its values are bound
one by one, which takes longer than the reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Names(TypeDecorator[Sequence[str]]):
    """Names as the database takes many at once: an array at PostgreSQL, JSON at SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text)) if dialect.name == "postgresql" else dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> object:
        return as_told(value or (), dialect)


class _Among(FunctionElement[bool]):
    inherit_cache = True


@compiles(_Among, "sqlite")
def _at_sqlite(element: _Among, compiler: SQLCompiler, **told: object) -> str:
    column, names = (compiler.process(clause, **told) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({names}))"  # noqa: S608 - a column and a placeholder


@compiles(_Among, "postgresql")
def _at_postgres(element: _Among, compiler: SQLCompiler, **told: object) -> str:
    column, names = (compiler.process(clause, **told) for clause in element.clauses)
    return f"{column} = ANY({names})"


def as_told(names: Sequence[str], dialect: Dialect) -> object:
    """Give names as they are bound."""
    return list(names) if dialect.name == "postgresql" else msgspec.json.encode(names).decode()


def among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Give the condition that a column is one of the names bound under `name`, which may be many or none."""
    names: BindParameter[Sequence[str]] = bindparam(name, type_=_Names())
    return _Among(column, names)
