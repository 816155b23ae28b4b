"""The raw settings: config.toml as written, with the environment laid over it, and where each key came from."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

PREFIX = "ZHICHI_"
Key = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_ENTRY = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")
_TOML_LINE = re.compile(r"at line (\d+)")
_FULL_WIDTH = "“”‘’＝，［］＃：　"


@dataclass(frozen=True)
class Source:
    """`data` is what the models are made of; `lines` and `variables` say where a key was written."""

    path: Path | None
    data: dict[str, Any]
    lines: Mapping[Key, int] = field(default_factory=dict)
    variables: Mapping[Key, str] = field(default_factory=dict)

    def place(self, key: Key) -> str:
        """` (line 12)` or ` (environment ZHICHI_…)`: where `key`, else its holder, else its part was written."""
        for end in range(len(key), 0, -1):
            if name := self.variables.get(key[:end]):
                return f" (environment {name})"
            if number := self.lines.get(key[:end]):
                return f" (line {number})"
        below = [name for written, name in self.variables.items() if written[: len(key)] == key]
        return f" (environment {below[0]})" if below else ""


def read_source(path: Path) -> Source:
    """The file at `path` with `ZHICHI_SECTION__KEY` variables laid over it (`ZHICHI_ACCOUNTS__0__IMAP__HOST` in lists).

    Raises ConfigError when there is no readable TOML; the message names the line.
    """
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_fault(path, text, str(error))]) from None
    variables = _variables(data)
    misfits = [name for key, name in variables.items() if not _lay_over(data, key, _decoded(os.environ[name]))]
    if misfits:
        raise ConfigError([f"{name}: this variable fits nothing in {path}; correct its name" for name in misfits])
    return Source(path, data, key_lines(text), variables)


def key_lines(text: str) -> dict[Key, int]:
    """The line each key and section header of a TOML text stands on; first mention wins."""
    lines: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    section: Key = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = _section(_parts(header[2]), repeated=header[1] == "[[", counts=counts)
            lines.setdefault(section, number)
            lines.setdefault(section[:1], number)
        elif entry := _ENTRY.match(line):
            lines.setdefault((*section, *_parts(entry[1])), number)
    return lines


def _section(parts: Key, *, repeated: bool, counts: dict[Key, int]) -> Key:
    """The full key of a header: the index of the entry it belongs to is put in after each repeated section."""
    key: Key = ()
    for n, part in enumerate(parts):
        key = (*key, part)
        if repeated and n == len(parts) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            key = (*key, counts[key])
    return key


def _parts(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        cure = "copy config.example.toml and change it, or name another with -c"
        raise ConfigError([f"{path}: no such file; {cure}"]) from None
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read ({error.strerror}); check the path and its permissions"]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError([f"{path}: not UTF-8 (line {line}); save the file in the encoding UTF-8"]) from None


def _syntax_fault(path: Path, text: str, message: str) -> str:
    """tomllib's complaint with its line, and a hint when the line holds full-width signs as Chinese keyboards give."""
    found = _TOML_LINE.search(message)
    number = int(found[1]) if found else text.count("\n") + 1
    line = (text.splitlines() or [""])[min(number, len(text.splitlines()) or 1) - 1]
    signs = [sign for sign in _FULL_WIDTH if sign in line.split("#")[0]]
    hint = f"; write {' '.join(signs)} as ASCII signs" if signs else ""
    reason = re.sub(r"\s*\(at .*\)", "", message)
    return f"{path}: not valid TOML: {reason} (line {number}){hint}"


def _variables(data: Mapping[str, Any]) -> dict[Key, str]:
    """The settings among the environment's variables: two parts at least; those the file names for secrets are not."""
    secrets = _named_variables(data)
    found: dict[Key, str] = {}
    for name in sorted(os.environ):
        parts = name.removeprefix(PREFIX).split("__")
        if name.startswith(PREFIX) and len(parts) > 1 and all(parts) and name not in secrets:
            found[tuple(int(part) if part.isdecimal() else part.lower() for part in parts)] = name
    return found


def _named_variables(data: Any) -> set[str]:
    """All values of keys that end in `_env`."""
    if isinstance(data, list):
        return set().union(*map(_named_variables, data))
    if not isinstance(data, Mapping):
        return set()
    own = {str(value) for key, value in data.items() if key.endswith("_env")}
    return own.union(*map(_named_variables, data.values()))


def _lay_over(data: Any, key: Key, value: Any) -> bool:
    """Set `key` in nested tables and lists, adding tables on the way; a list takes an index up to its length.

    False when the way leads through a plain value or past the end of a list.
    """
    for part, following in zip(key, (*key[1:], None), strict=True):
        if isinstance(data, list) and isinstance(part, int) and part <= len(data):
            if part == len(data):
                data.append({})
        elif not isinstance(data, dict):
            return False
        if following is None:
            data[part] = value
            return True
        if isinstance(data, dict) and not isinstance(data.get(part), dict | list):
            data[part] = [] if isinstance(following, int) else {}
        data = data[part]
    return False


def _decoded(text: str) -> Any:
    """Lists and tables are written as JSON in a variable; everything else stays text and is read by its key's type."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, list | dict) else text
