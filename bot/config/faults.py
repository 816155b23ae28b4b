"""From pydantic's errors to lines an operator can act on: key, what is wrong, cure, and where it stands."""

import typing
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.config.source import Key, Source
from bot.config.values import nearest, one_of, shown


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at `key`; `text` says what and how to cure it."""

    key: Key
    text: str

    def line(self, source: Source) -> str:
        """The line for the operator."""
        return f"{dotted(self.key)}: {self.text}{source.place(self.key)}"


def dotted(key: Key) -> str:
    """`people[2].roles[0]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).removeprefix(".")


def header(key: Key) -> str:
    """How the section `key` is headed in the file: `[[people]]`, `[accounts.imap]`."""
    name = ".".join(part for part in key if isinstance(part, str))
    return f"[[{name}]]" if key and isinstance(key[-1], int) else f"[{name}]"


_PLAIN = {
    "string_type": "{seen} is not text; put it in quotes",
    "string_too_short": "is empty; fill it in or remove the line",
    "too_short": "is empty; fill it in or remove the line",
    "tuple_type": "{seen} is not a list; write it in square brackets",
    "model_type": "{seen} is not a section; write {header} and its keys below",
    "missing": "missing; add it under {parent} as config.example.toml shows",
    "greater_than": "{seen} is too small; write more than {bound:g}",
    "greater_than_equal": "{seen} is too small; write at least {bound:g}",
    "less_than_equal": "{seen} is too large; write at most {bound:g}",
    "int_parsing": "{seen} is not a whole number",
    "int_type": "{seen} is not a whole number",
    "int_from_float": "{seen} is not a whole number",
    "float_parsing": "{seen} is not a number",
    "float_type": "{seen} is not a number",
    "bool_parsing": "{seen} is neither true nor false",
    "bool_type": "{seen} is neither true nor false",
    "path_type": "{seen} is not a path; put it in quotes",
}


def from_pydantic(errors: Iterable[ErrorDetails], root: type[BaseModel]) -> list[Fault]:
    """Our faults for pydantic's; secrets are never repeated, nor is a list called empty whose entries are wrong."""
    listed = [(tuple(error["loc"]), error) for error in errors]
    faults = []
    for key, error in listed:
        below = any(other[: len(key)] == key and len(other) > len(key) for other, _ in listed)
        if not (error["type"] == "too_short" and below):
            faults.append(Fault(key, _text(error, key, root)))
    return faults


def _text(error: ErrorDetails, key: Key, root: type[BaseModel]) -> str:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    seen = "the value" if _is_secret(key) or isinstance(value, dict | list | tuple) else shown(value)
    bound = next((context[name] for name in ("gt", "ge", "le") if name in context), 0)
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown(key, root)
    if kind in {"literal_error", "enum"}:
        return one_of(str(value), "allowed here", context["expected"].split("'")[1::2])
    if kind == "tuple_type" and isinstance(value, dict):
        return f"is written as one section; write [[{dotted(key)}]] with double brackets"
    if kind in _PLAIN:
        return _PLAIN[kind].format(seen=seen, bound=bound, header=header(key), parent=header(key[:-1]))
    return f"{error['msg']}; see config.example.toml"


def _unknown(key: Key, root: type[BaseModel]) -> str:
    """Unknown key: the likeliest known one, or all of them."""
    model = model_at(key[:-1], root)
    known = sorted(model.model_fields) if model else []
    what = "key" if len(key) > 1 else "section"
    near = nearest(str(key[-1]), known) or f"; known here: {', '.join(known)}"
    return f"unknown {what}{near}"


def model_at(key: Key, root: type[BaseModel]) -> type[BaseModel] | None:
    """The section class that holds the keys below `key`, or None."""
    model: type[BaseModel] | None = root
    for part in key:
        if isinstance(part, str):
            found = model.model_fields.get(part) if model else None
            model = section_class(found.annotation) if found else None
    return model


def section_class(annotation: object) -> type[BaseModel] | None:
    """The section class in `Section` or `tuple[Section, ...]`, or None for a plain value."""
    for candidate in (annotation, *typing.get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _is_secret(key: Key) -> bool:
    return any(word in str(key[-1]) for word in ("pass", "url", "secret")) if key else False
