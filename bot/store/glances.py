"""What there is at all, before anything is read: one question in place of many that nearly always find nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Exists, bindparam, exists, select

from bot.store.address_tables import MarkKind, delegations, marks
from bot.store.archive_tables import archives
from bot.store.base import Repository
from bot.store.case_tables import documents
from bot.store.mail_tables import mails
from bot.store.matters import matters, ratings
from bot.store.report_tables import STANDING, work_records


@dataclass(frozen=True, slots=True)
class MailGlance:
    """What stands in the way of a new mail being new, and what is known about its sender.

    `here`: a mail recorded from its very place; `twin`: one of its identity; `away`: its sender is known to be away;
    `delegations`: some that directors said by mail are not over on the day asked for.
    """

    here: bool
    twin: bool
    away: bool
    delegations: bool


@dataclass(frozen=True, slots=True)
class CaseGlance:
    """Of what there is any for a case; `folder`: it has one in the archive."""

    matters: bool
    ratings: bool
    work: bool
    documents: bool
    folder: bool


NOTHING = CaseGlance(*[False] * 5)
"""Of no case."""


def _any(table: Any, *which: Any) -> Exists:
    return exists(select(1).select_from(table).where(*which))


def _of_case(table: Any, *which: Any) -> Exists:
    return _any(table, table.c.case_id == bindparam("case"), *which)


_PLACE = (mails.c[name] == bindparam(name) for name in ("account", "folder", "uidvalidity", "uid"))
OF_MAIL = select(
    _any(mails, *_PLACE).label("here"),
    _any(mails, mails.c.identity == bindparam("identity")).label("twin"),
    _any(marks, marks.c.address == bindparam("sender"), marks.c.what == MarkKind.AWAY).label("away"),
    _any(delegations, delegations.c.last_day >= bindparam("day"), delegations.c.ended_at.is_(None)).label("said"),
)
OF_CASE = select(
    _of_case(matters).label("matters"),
    _of_case(ratings).label("ratings"),
    _of_case(work_records, STANDING).label("work"),
    _of_case(documents).label("documents"),
    _of_case(archives).label("folder"),
)


class Glances(Repository):
    """Looks taken before a transaction writes anything about the mail or the case."""

    __slots__ = ("_cases",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._cases: dict[int, CaseGlance] = {}

    def of_mail(self, place: tuple[str, str, int, int], identity: str, sender: str, day: date) -> MailGlance:
        """For a mail at `place` (account, folder, uidvalidity, uid) and the delegations that last until `day`."""
        values = dict(zip(("account", "folder", "uidvalidity", "uid"), place, strict=True))
        found = self.run(OF_MAIL, values | {"identity": identity, "sender": sender.lower(), "day": day}).all()[0]
        return MailGlance(*map(bool, found))

    def of_case(self, case_id: int) -> CaseGlance:
        """For a case as it was when first asked for in this transaction."""
        if case_id not in self._cases:
            self._cases[case_id] = CaseGlance(*map(bool, self.run(OF_CASE, {"case": case_id}).all()[0]))
        return self._cases[case_id]

    def forget_case(self, case_id: int) -> None:
        """What was seen of the case may hold no longer."""
        self._cases.pop(case_id, None)
