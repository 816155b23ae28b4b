"""Who is who (rulebook part 0). Authority comes from the address, never from a name."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bot.rules.mail import Address
from bot.rules.words import Role

SALES_ROLES = frozenset({Role.SALES, Role.SALES_LEAD, Role.LOCAL_SALES_DIRECTOR, Role.COMPANY_SALES_DIRECTOR})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the company. `addresses`: the first is written to, all are recognised; lower case.

    `aliases`: every other way people write this person: pinyin, initials, 李工, nickname; compared case-insensitively.
    """

    name: str
    addresses: tuple[str, ...]
    roles: frozenset[Role]
    aliases: tuple[str, ...] = ()
    branch: str = ""
    group: str = ""  # sales group, for finding the sales lead

    @property
    def address(self) -> str:
        """The address to write to."""
        return self.addresses[0]

    def is_any(self, roles: Iterable[Role]) -> bool:
        """Whether this person holds one of `roles`."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Delegation:
    """`by` lets `to` decide in their place from `start` to `end`, both days included (addresses).

    `by_mail`: said by mail, so that a mail ends it; else it stands in the configuration.
    """

    by: str
    to: str
    start: date
    end: date
    by_mail: bool = False


@dataclass(frozen=True)
class Company:
    """All people of the configuration, with the look-ups the rules need."""

    people: tuple[Person, ...]
    delegations: tuple[Delegation, ...] = ()
    bot_addresses: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _by_address(self) -> dict[str, Person]:
        return {address: person for person in self.people for address in person.addresses}

    @cached_property
    def _directors(self) -> tuple[Person, ...]:
        return self.with_role(Role.DIRECTOR)

    @cached_property
    def _folded_names(self) -> tuple[tuple[Person, frozenset[str]], ...]:
        return tuple((p, frozenset(_fold(n) for n in (p.name, *p.aliases))) for p in self.people)

    @cached_property
    def domains(self) -> frozenset[str]:
        """The mail domains the company's people write from."""
        return frozenset(a.rpartition("@")[2] for p in self.people for a in p.addresses)

    @cached_property
    def known_names(self) -> tuple[str, ...]:
        """Every way people are written, for finding them in prose."""
        return tuple(dict.fromkeys(name for p in self.people for name in (p.name, *p.aliases)))

    def find(self, email: str) -> Person | None:
        """The person with this address, or None."""
        return self._by_address.get(email.lower())

    def find_named(self, written: str, roles: Iterable[Role] | None = None) -> tuple[Person, ...]:
        """Everybody whose name or alias is `written` (case and blanks ignored); two or more mean: ask."""
        wanted = _fold(written)
        found = (p for p, names in self._folded_names if wanted in names) if wanted else ()
        return tuple(p for p in found if roles is None or p.is_any(roles))

    def with_role(self, *roles: Role, branch: str = "") -> tuple[Person, ...]:
        """People holding one of `roles`; with `branch`, those of that branch or of none."""
        return tuple(p for p in self.people if p.is_any(roles) and (not branch or p.branch in {"", branch}))

    def deciders(self, on: date) -> tuple[Person, ...]:
        """Who may decide as director on that day: the directors and their delegates of that day."""
        directors = self._directors
        return directors + tuple(p for p in self.delegates(on) if p not in directors)

    def delegates(self, on: date) -> tuple[Person, ...]:
        """The directors' delegates on that day."""
        return self.delegates_of(self._directors, on)

    def delegates_of(self, people: Iterable[Person], on: date) -> tuple[Person, ...]:
        """Who stands in for any of `people` on that day."""
        if not self.delegations:
            return ()
        by = {address for person in people for address in person.addresses}
        named = {d.to for d in self.delegations if d.start <= on <= d.end and d.by in by}
        return tuple(p for p in self.people if not named.isdisjoint(p.addresses)) if named else ()

    def with_delegations(self, said: tuple[Delegation, ...]) -> "Company":
        """The same company with these delegations besides its own."""
        return replace(self, delegations=(*self.delegations, *said)) if said else self

    def addressed(self, email: str) -> Address:
        """`email` with the registered name, for To and Cc."""
        person = self.find(email)
        return Address(email=person.address, name=person.name) if person else Address(email=email)


def _fold(name: str) -> str:
    return "".join(name.split()).casefold()
