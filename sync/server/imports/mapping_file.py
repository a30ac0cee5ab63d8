"""Reads a mapping and says all that is wrong with it: file, line, key and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

from sync.server.imports.cells import CellFault, understood
from sync.server.imports.fields import constant_text, writing_of
from sync.server.imports.mapping import Field, FileSpec, ImportMapping, Section
from sync.server.imports.problem import Malformed, Problem
from sync.server.imports.targets import TARGETS, Kind, Target
from sync.server.imports.yaml_document import Plain, YamlDocument


def load_mapping(path: Path) -> ImportMapping:
    """Read and check a mapping. Raises Malformed with every fault found: file, line, key and reason."""
    document = YamlDocument(path)
    try:
        mapping = msgspec.convert(document.content, ImportMapping)
    except msgspec.ValidationError as error:
        raise Malformed(_translated(document, str(error))) from error
    faults = tuple(_faults(document, mapping))
    if faults:
        raise Malformed(*faults)
    return mapping


_AT = re.compile(r"(?P<what>.*?)(?: - at `(?:key in )?\$\.?(?P<path>.*)`)?", re.DOTALL)
_WORDINGS = (
    (re.compile(r"Object contains unknown field `(?P<key>.*)`"), "KEY_UNKNOWN"),
    (re.compile(r"Object missing required field `(?P<key>.*)`"), "KEY_MISSING"),
    (re.compile(r"Expected `(?P<wanted>.*)`, got `(?P<found>.*)`"), "TYPE_WRONG"),
    (re.compile(r"Invalid enum value (?P<found>.*)"), "VALUE_UNKNOWN"),
    (re.compile(r"Expected .* of length >= 1"), "VALUE_EMPTY"),
    (re.compile(r"Expected `str` matching regex '(?P<pattern>.*)'"), "VALUE_SHAPE"),
)


def _translated(document: YamlDocument, message: str) -> Problem:
    """Put what the reader of types says into our words, with the line of the place it names."""
    match = _AT.fullmatch(message)
    what, path = (match["what"], match["path"] or "") if match else (message, "")
    path = _pinned(document.content, path)
    for pattern, code in _WORDINGS:
        if (found := pattern.fullmatch(what)) is not None:
            facts = {name: fact.replace("\\\\", "\\") for name, fact in found.groupdict().items()}
            if code == "KEY_UNKNOWN":
                path = f"{path}.{facts['key']}".removeprefix(".")
            return document.problem_at(path, code, **facts)
    return document.problem_at(path, "VALUE_REFUSED", reason=what)


_ANY_KEY = "[...]"


def _pinned(content: Plain, path: str) -> str:
    """Put the key in the place of each `[...]`, which stands for a key that the reader of types does not name.

    The key at fault is the one whose value alone still fails there.
    """
    prefix, found, rest = path.partition(_ANY_KEY)
    if not found:
        return path
    for key in _keys_at(content, prefix):
        alone = _alone(content, _steps(prefix), key)
        try:
            msgspec.convert(alone, ImportMapping)
        except msgspec.ValidationError as error:
            match = _AT.fullmatch(str(error))
            failing = (match["path"] or "") if match else ""
            if failing.startswith(prefix + _ANY_KEY):
                return _pinned(alone, f"{prefix}.{key}" + failing.removeprefix(prefix + _ANY_KEY))
    return prefix + rest


def _steps(path: str) -> list[str]:
    return [name or index for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path)]


def _keys_at(content: Plain, path: str) -> list[str]:
    for step in _steps(path):
        content = content[int(step)] if isinstance(content, list) else _value_at(content, step)
    return list(content) if isinstance(content, dict) else []


def _value_at(content: Plain, key: str) -> Plain:
    return content.get(key) if isinstance(content, dict) else None


def _alone(content: Plain, steps: list[str], key: str) -> Plain:
    """Copy the content with just one key left where the steps lead."""
    if isinstance(content, list):
        at = int(steps[0])
        return [_alone(part, steps[1:], key) if index == at else part for index, part in enumerate(content)]
    if not isinstance(content, dict):
        return content
    if not steps:
        return {key: content[key]}
    return {name: _alone(part, steps[1:], key) if name == steps[0] else part for name, part in content.items()}


def _faults(document: YamlDocument, mapping: ImportMapping) -> Iterator[Problem]:
    for name, spec in mapping.files.items():
        yield from _file_faults(document, f"files.{name}", spec)
    names: set[tuple[str, str]] = set()
    for kind, path, section in mapping.sections():
        if section.file not in mapping.files:
            yield document.problem_at(f"{path}.file", "FILE_UNDECLARED", file=section.file)
        if (kind, section.name) in names:
            yield document.problem_at(f"{path}.name", "NAME_TWICE", name=section.name)
        names.add((kind, section.name))
        if section.name and "[" not in path:
            yield document.problem_at(f"{path}.name", "KEY_UNFIT", key="name", kind=kind)
        targets = TARGETS[kind]
        for name in section.fields:
            if name not in targets:
                yield document.problem_at(f"{path}.fields.{name}", "FIELD_UNKNOWN", known=", ".join(targets))
        for name, target in targets.items():
            field = section.field(name)
            if field is not None:
                yield from _field_faults(document, mapping, f"{path}.fields.{name}", field, target.kind)
                yield from _value_faults(document, mapping, f"{path}.fields.{name}", section, field, target)
                if target.kind is Kind.REFERENCE:
                    yield from _reference_faults(document, mapping, f"{path}.fields.{name}", field, target.others[0])
            elif target.is_required:
                yield document.problem_at(f"{path}.fields", "FIELD_MISSING", field=name)


def _file_faults(document: YamlDocument, path: str, spec: FileSpec) -> Iterator[Problem]:
    where = PurePosixPath(spec.path.replace("\\", "/"))
    if where.is_absolute() or ".." in where.parts or re.match(r"[A-Za-z]:", spec.path):
        yield document.problem_at(f"{path}.path", "PATH_OUTSIDE")
    if spec.thousands and spec.thousands == spec.decimal:
        yield document.problem_at(f"{path}.thousands", "SEPARATORS_SAME")
    yield from _date_faults(document, f"{path}.dates", spec.dates)


_DATE_PARTS = (("%Y", "%y"), ("%m", "%b", "%B"), ("%d",))


def _date_faults(document: YamlDocument, path: str, formats: tuple[str, ...]) -> Iterator[Problem]:
    day = datetime(2026, 11, 23)  # noqa: DTZ001  # only written and read back to try the format
    for index, form in enumerate(formats):
        try:
            is_sound = datetime.strptime(day.strftime(form), form) == day  # noqa: DTZ007  # as above
        except (ValueError, re.error):
            is_sound = False
        if not is_sound or not all(any(part in form for part in parts) for parts in _DATE_PARTS):
            yield document.problem_at(f"{path}[{index}]", "DATE_FORMAT", form=form)


def _field_faults(
    document: YamlDocument, mapping: ImportMapping, path: str, field: Field, kind: Kind
) -> Iterator[Problem]:
    if sum(given is not None for given in (field.column, field.columns, field.constant)) != 1:
        yield document.problem_at(path, "SOURCE_COUNT")
    if field.look_up is not None and field.look_up.file not in mapping.files:
        yield document.problem_at(f"{path}.look_up.file", "FILE_UNDECLARED", file=field.look_up.file)
    if field.look_up is not None and field.constant is not None:
        yield document.problem_at(f"{path}.look_up", "SOURCE_COUNT")
    if field.look_up is not None and field.look_up.latest is not None:
        yield from _date_faults(document, f"{path}.look_up.latest.dates", field.look_up.latest.dates)
    if field.otherwise is not None and field.values is None:
        yield document.problem_at(f"{path}.otherwise", "KEY_UNFIT", key="otherwise", kind=kind.value)
    units = {Kind.MONEY: ("euros", "cents"), Kind.RATE: ("fraction", "percent", "basis_points")}
    if field.unit is not None and field.unit not in units.get(kind, ()):
        yield document.problem_at(f"{path}.unit", "KEY_UNFIT", key=f"unit: {field.unit}", kind=kind.value)
    if kind is Kind.RATE and field.unit is None:
        yield document.problem_at(path, "UNIT_MISSING")
    numbers = (Kind.MONEY, Kind.RATE, Kind.QUANTITY)
    if (field.times is not None or field.round) and kind not in numbers:
        yield document.problem_at(path, "KEY_UNFIT", key="times, round", kind=kind.value)
    if field.part is not None and kind is not Kind.YEAR:
        yield document.problem_at(f"{path}.part", "KEY_UNFIT", key="part", kind=kind.value)
    if field.dates and kind is not Kind.DATE and field.part is None:
        yield document.problem_at(f"{path}.dates", "KEY_UNFIT", key="dates", kind=kind.value)
    yield from _date_faults(document, f"{path}.dates", field.dates)


def _value_faults(
    document: YamlDocument, mapping: ImportMapping, path: str, section: Section, field: Field, target: Target
) -> Iterator[Problem]:
    """Try what the mapping itself brings, so that a slip in it is named once and not on every line."""
    spec = mapping.files.get(section.file)
    if spec is None or target.kind is Kind.REFERENCE or (target.kind is Kind.RATE and field.unit is None):
        return
    texts = [] if field.constant is None else [("constant", constant_text(field.constant))]
    texts += [] if field.default is None else [("default", field.default)]
    for key, text in texts:
        try:
            understood(text, target, writing_of(field, spec))
        except CellFault as fault:
            yield document.problem_at(f"{path}.{key}", fault.code, **fault.facts)


def _reference_faults(
    document: YamlDocument, mapping: ImportMapping, path: str, field: Field, target: str
) -> Iterator[Problem]:
    section = getattr(mapping, target)
    if not isinstance(section, Section):
        yield document.problem_at(path, "SECTION_MISSING", section=target)
        return
    found = 1 if field.constant is not None else len(field.sources)
    if found != len(section.key):
        facts = {"section": target, "found": found, "wanted": len(section.key)}
        yield document.problem_at(path, "KEY_PARTS", **facts)
