"""Reads a YAML file so that every fault can be named with its line; figures with decimals stay text."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from sync.server.imports.problem import Malformed, Problem

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
"""What a YAML file holds here: `no`, `on` and 3.5 are text, as YAML 1.2 has it for the first two."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_SIMPLE = {"true": True, "false": False, "null": None, "~": None, "": None}
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class YamlDocument:
    """One file as read: its content, and the line of each place in it."""

    def __init__(self, path: Path) -> None:
        """Read a file. Raises Malformed when it is missing, no YAML, or repeats a key."""
        self.name = path.name
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise Malformed(self._problem(0, "", "NO_FILE")) from None
        except OSError as error:
            raise Malformed(self._problem(0, "", "UNREADABLE_FILE", reason=error.strerror or "")) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            byte = f"0x{error.object[error.start]:02x}"
            raise Malformed(self._problem(line, "", "ENCODING", encoding="utf-8", byte=byte)) from error
        try:
            if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)):
                raise Malformed(self._problem(0, "", "YAML_ALIAS"))
            self._root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise Malformed(self._problem(line, "", "NO_YAML", reason=error.problem or "")) from error
        except yaml.YAMLError as error:
            raise Malformed(self._problem(0, "", "NO_YAML", reason=str(error).splitlines()[0])) from error
        if self._root is None:
            raise Malformed(self._problem(1, "", "EMPTY_FILE"))
        self.content = self._plain(self._root, "")

    def problem_at(self, path: str, code: str, **facts: object) -> Problem:
        """Name a fault at a path such as `orders.fields.number` or `contacts[0].file`, with its line."""
        return self._problem(self._line_of(path), path, code, **facts)

    def _problem(self, line: int, place: str, code: str, **facts: object) -> Problem:
        return Problem(file=self.name, line=line, place=place, code=code, facts=facts)

    def _line_of(self, path: str) -> int:
        node: yaml.Node | None = self._root
        line = 1
        for name, index in _STEP.findall("." + path if path and not path.startswith("[") else path):
            if isinstance(node, yaml.MappingNode):
                pairs = [(key, value) for key, value in node.value if key.value == name]
                if not pairs:
                    break
                line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
            elif isinstance(node, yaml.SequenceNode) and index.isdigit() and int(index) < len(node.value):
                node = node.value[int(index)]
                line = node.start_mark.line + 1
        return line

    def _plain(self, node: yaml.Node, path: str) -> Plain:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, f"{path}[{index}]") for index, child in enumerate(node.value)]
        text = str(node.value)
        if isinstance(node, yaml.ScalarNode) and not node.style:  # plain, in no quotes
            if text in _SIMPLE:
                return _SIMPLE[text]
            if _WHOLE.fullmatch(text):
                return int(text)
        return text

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Plain]:
        content: dict[str, Plain] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Malformed(self._problem(line, path, "KEY_NO_TEXT"))
            if key.value in content:
                raise Malformed(self._problem(line, path, "KEY_TWICE", key=key.value))
            content[key.value] = self._plain(value, f"{path}.{key.value}".removeprefix("."))
        return content
