"""What no single key shows: people against people, delegates and accounts against people."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.config.faults import Fault
from bot.config.sections import PersonEntry, Settings
from bot.config.values import nearest
from bot.rules.people import SALES_ROLES
from bot.rules.words import Role


@dataclass(frozen=True, slots=True)
class Lost:
    """What left the settings for faults of its own, so that it is not called missing besides.

    `sections` lost something; `words` are names and addresses of lost people, `roles` what they hold or seem to.
    """

    sections: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


def find_faults(settings: Settings, lost: Lost) -> Iterator[Fault]:
    """Faults between sections; the keys count the entries of `settings`."""
    if not settings.accounts and "accounts" not in lost.sections:
        yield Fault(("accounts",), "missing; add an [[accounts]] section with the bot's mailbox")
    yield from _shared_addresses(settings, lost)
    yield from _account_names(settings)
    yield from _missing_roles(settings, lost)
    yield from _delegates(settings, lost)
    if (folder := settings.files.templates) and not folder.is_dir():
        yield Fault(("files", "templates"), f"{folder} is not a folder; create it or leave the key empty")
    if (font := settings.files.font) and not font.is_file():
        yield Fault(("files", "font"), f"{font} is not a file; name a .ttf or .otf font or leave the key empty")


def person_named(people: tuple[PersonEntry, ...], written: str) -> list[PersonEntry]:
    """Who is meant by a name or an address in the configuration itself."""
    return [p for p in people if written == p.name or written.lower() in p.every_address]


def _missing_roles(settings: Settings, lost: Lost) -> Iterator[Fault]:
    held = {str(role) for person in settings.people for role in person.roles} | lost.roles
    needed: list[tuple[Role, frozenset[Role], str]] = [
        (Role.DIRECTOR, frozenset({Role.DIRECTOR}), "confirms requests"),
        (Role.SALES, SALES_ROLES, "sends requests"),
        (Role.ENGINEER, frozenset({Role.ENGINEER}), "does the work"),
    ]
    for role, enough, duty in needed:
        if held.isdisjoint(enough):
            yield Fault(("people",), f'nobody {duty}; give somebody roles = ["{role}"]')


def _shared_addresses(settings: Settings, lost: Lost) -> Iterator[Fault]:
    owners = {word.lower(): "another entry" for word in lost.words if "@" in word}
    held = [(("accounts", n, "address"), account.address, account.name) for n, account in enumerate(settings.accounts)]
    for n, person in enumerate(settings.people):
        held += [(("people", n, "addresses"), address, person.name) for address in person.every_address]
    for key, address, owner in held:
        if other := owners.get(address):
            yield Fault(key, f"{address} already belongs to {other}; remove it from one of them")
        owners.setdefault(address, owner)


def _account_names(settings: Settings) -> Iterator[Fault]:
    names = [account.name for account in settings.accounts]
    for n, name in enumerate(names):
        if name in names[:n]:
            yield Fault(("accounts", n, "name"), f'"{name}" is taken by another account; choose another name')


def _delegates(settings: Settings, lost: Lost) -> Iterator[Fault]:
    for n, entry in enumerate(settings.delegates):
        for side, written in (("by", entry.by), ("to", entry.to)):
            matches = person_named(settings.people, written)
            if len(matches) != 1 and written not in lost.words:
                yield Fault(("delegates", n, side), _not_one(written, matches, settings.people))
        by = person_named(settings.people, entry.by)
        if len(by) == 1 and by == person_named(settings.people, entry.to):
            yield Fault(("delegates", n, "to"), f"{entry.to} cannot stand in for themselves; name somebody else")


def _not_one(written: str, matches: list[PersonEntry], people: tuple[PersonEntry, ...]) -> str:
    if matches:
        return f'"{written}" means {len(matches)} people; write the address instead'
    known = [word for person in people for word in (person.name, *person.every_address)]
    return f'"{written}" is nobody in [[people]]{nearest(written, known) or "; write a name or an address from there"}'
