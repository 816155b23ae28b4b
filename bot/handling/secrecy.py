"""Secrets for the buttons of a notice, each person's own; only their digests are stored (design.md part 2)."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.rules.notice import Notice, Personal
from bot.store.secrets import BESIDE_ROUNDS
from bot.store.store import Tx


def with_secrets(tx: Tx, notice: Notice, now: datetime) -> Notice:
    """Each person's buttons get a secret of their own; only its digest is stored."""
    issue = _issuer(tx, notice)
    if issue is None:
        return notice
    personal: dict[str, Personal] = {}
    for address, part in notice.personal.items():
        needed = any(button.secret for button in part.buttons)
        personal[address] = replace(part, secret=issue(address, now, beside=part.beside)) if needed else part
    return replace(notice, personal=personal)


class _Issue(Protocol):
    def __call__(self, address: str, now: datetime, *, beside: bool) -> str: ...


def _issuer(tx: Tx, notice: Notice) -> _Issue | None:
    """Makes secrets for the question that the notice asks: of its case, or of its report's edition."""
    if notice.case_id:
        case_id, asked = notice.case_id, tx.cases.round_of(notice.case_id)

        def of_case(address: str, now: datetime, *, beside: bool) -> str:
            return tx.secrets.issue(case_id, address, BESIDE_ROUNDS if beside else asked, now)

        return of_case
    report = tx.reports.get(notice.report_id) if notice.report_id else None
    if report is None:
        return None

    def of_report(address: str, now: datetime, *, beside: bool) -> str:  # noqa: ARG001 - reports have no matters
        return tx.report_secrets.issue(report.id, address, report.round, now)

    return of_report
