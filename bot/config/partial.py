"""Reading on past the first fault: entries and sections with faults are left out, the rest is still checked."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.config.checks import Lost
from bot.config.faults import Fault, from_pydantic
from bot.config.sections import Settings
from bot.config.source import Key
from bot.rules.words import Role


@dataclass(frozen=True)
class Read:
    """What could be read, and the faults of the rest. `positions`: for a list, where its kept entries stood."""

    settings: Settings
    faults: list[Fault] = field(default_factory=list)
    lost: Lost = field(default_factory=Lost)
    positions: Mapping[str, list[int]] = field(default_factory=dict)

    def as_written(self, fault: Fault) -> Fault:
        """The fault with its entry counted as in the file."""
        places = self.positions.get(str(fault.key[0]))
        if places is None or len(fault.key) < 2 or not isinstance(fault.key[1], int):
            return fault
        return Fault((fault.key[0], places[fault.key[1]], *fault.key[2:]), fault.text)


def read_settings(data: dict[str, Any]) -> Read:
    """The settings in `data`, without the entries and sections that have faults."""
    try:
        return Read(Settings.model_validate(data))
    except ValidationError as error:
        faults = from_pydantic(error.errors(include_url=False), Settings)
    kept, positions = _without(data, {fault.key for fault in faults})
    lost_people = _lost_entries(data.get("people"), positions.get("people"))
    lost = Lost(
        frozenset(str(fault.key[0]) for fault in faults),
        frozenset(word for person in lost_people for word in _words(person)),
        frozenset(role for person in lost_people for role in _roles(person)),
    )
    return Read(Settings.model_validate(kept), faults, lost, positions)


def _without(data: dict[str, Any], keys: set[Key]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """`data` without the list entries (`people[2]`) and sections that hold one of `keys`, and who was kept where."""
    kept: dict[str, Any] = {}
    positions: dict[str, list[int]] = {}
    for name, value in data.items():
        below = [key[1:] for key in keys if key[0] == name]
        if not below:
            kept[name] = value
        elif isinstance(value, list) and () not in below:
            bad = {key[0] for key in below}
            positions[name] = [n for n in range(len(value)) if n not in bad]
            kept[name] = [value[n] for n in positions[name]]
    return kept, positions


def _lost_entries(entries: Any, kept: list[int] | None) -> list[dict[str, Any]]:
    if kept is None or not isinstance(entries, list):
        return []
    return [entry for n, entry in enumerate(entries) if n not in kept and isinstance(entry, dict)]


def _words(person: dict[str, Any]) -> Iterable[str]:
    return [word for key in ("name", "address", "addresses") for word in _texts(person.get(key))]


def _roles(person: dict[str, Any]) -> Iterable[str]:
    """Roles as written, a mistyped one as what it is nearest to."""
    known = [role.value for role in Role]
    for word in _texts(person.get("roles")):
        yield from difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)


def _texts(value: Any) -> list[str]:
    return [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]
