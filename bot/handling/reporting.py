"""The clock's hand for weekly reports: sent on Friday, sent anew when something changed, chased until signed (R28)."""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.errors import StoreError
from bot.handling.authority import Authority
from bot.handling.gathering import gather_material, gather_records
from bot.handling.recording import Cause, Recorder
from bot.papers.weekly import SHEET_TYPE, file_name, make_workbook
from bot.rules.clockwork import may_nudge
from bot.rules.mail import Attachment
from bot.rules.notice import NoticeKind as N
from bot.rules.policy import Policy
from bot.rules.reports.chasing_reports import chase, due_from, next_look
from bot.rules.reports.report import Report, ReportEvent, ReportState, Sheet, report_ref
from bot.rules.reports.report_making import make_sheet
from bot.rules.reports.report_words import ReportSay, report_items, word_report
from bot.rules.reports.signing import signers
from bot.rules.reports.work import WorkRecord
from bot.rules.times.weeks import Week, latest_due, parse_week
from bot.store.store import Store, Tx

log = logging.getLogger(__name__)

_PAUSE = timedelta(hours=1)


class Reporter:
    """Sends and chases the weekly reports."""

    def __init__(self, store: Store, policy: Policy, recorder: Recorder, company: str) -> None:
        self._store = store
        self._policy = policy
        self._authority = Authority(policy)
        self._recorder = recorder
        self._company = company
        self._sent: Week | None = None
        self._pause_until: datetime | None = None

    def send_weekly(self, now: datetime) -> int:
        """The newest week whose moment has come: a report for each engineer with work in it, once for ever; how many.

        What was not sent in its time (the bot was down) goes out in the next working hours; older weeks' work is
        carried over into it.
        """
        if not self._policy.report.weekly or not may_nudge(self._policy.hours, now):
            return 0
        week = latest_due(self._policy, now)
        if week is None or week == self._sent or (self._pause_until and now < self._pause_until):
            return 0
        with self._store.reading() as tx:
            waiting = [who for who in gather_records(tx, week) if not tx.reports.of_engineer(str(week), who)]
        sent = [self._try_send(week, engineer, now) for engineer in waiting]
        if all(done is not None for done in sent):
            self._sent = week
        else:
            self._pause_until = now + _PAUSE
        return sum(bool(done) for done in sent)

    def _try_send(self, week: Week, engineer: str, now: datetime) -> bool | None:
        """Whether it was sent; None: it broke and is tried again in an hour, the others go out all the same."""
        try:
            with self._store.transaction() as tx:
                return self._send(tx, week, engineer, now)
        except StoreError:
            raise
        except Exception:
            log.exception("%s: the weekly report of %s could not be made", week, engineer)
            return None

    def _send(self, tx: Tx, week: Week, engineer: str, now: datetime) -> bool:
        records = gather_records(tx, week).get(engineer, ())
        if not records:
            return False
        policy = self._authority.now(tx, now)
        today = policy.hours.local(now).date()
        sheet = self._make(tx, policy, week, engineer, records, today)
        due_at, why = due_from(policy, now)
        ref = self._free_ref(tx, week, engineer)
        report = Report(
            id=0, ref=ref, week=str(week), engineer=engineer, version=1, round=1, state=ReportState.OPEN,
            sheet=replace(sheet, ref=ref), account="", made_at=now, due_at=due_at,
            next_at=next_look(policy, due_at, 0), step=0, why=why,
        )  # fmt: skip
        made = tx.reports.create(report)
        if made is None:
            return False
        tx.work.set_report(records, made.id)
        self._mail_out(tx, policy, made, "sent", f"发给总监签字，核算 {made.sheet.days} 人天", now)
        return True

    def _make(
        self, tx: Tx, policy: Policy, week: Week, engineer: str, records: tuple[WorkRecord, ...], today: date
    ) -> Sheet:
        return make_sheet(policy, week, engineer, records, gather_material(tx, records), today)

    def _free_ref(self, tx: Tx, week: Week, engineer: str) -> str:
        """Numbered in the order of the company's people, so that two machines give one report the same number."""
        people = self._policy.company.people
        number = next((n for n, p in enumerate(people, 1) if engineer in p.addresses), len(people) + 1)
        while tx.reports.by_ref(report_ref(week, number)):
            number += 1
        return report_ref(week, number)

    def _mail_out(self, tx: Tx, policy: Policy, report: Report, event: str, why: str, now: datetime) -> None:
        today = policy.hours.local(now).date()
        to = tuple(p.address for p in signers(policy, report, today))
        say = ReportSay(
            N.WEEKLY_REPORT,
            to=to,
            cc=(report.engineer,),
            items=report_items(report),
            slot=f"{report.ref}:{report.round}",
        )
        notice = word_report(say, report, policy)
        tx.reports.tell(report.id, ReportEvent(now, "zhichi", event, why))
        if notice.to and not tx.outbox.has_notice(notice.key):
            name = file_name([report.sheet], report.week)
            content = make_workbook([report.sheet], self._company, now)
            file = Attachment(name, SHEET_TYPE, content, "")
            self._recorder.send(tx, notice, Cause(), report.account, now, attachments=(file,))

    def take_reports(self, now: datetime) -> int:
        """Every unsigned report whose moment has come, each in its own transaction; how many."""
        with self._store.reading() as tx:
            first = tx.reports.next_at()
        done = 0
        while first and first <= now and done < 1000 and self._take_one(now):
            done += 1
        return done

    def _take_one(self, now: datetime) -> bool:
        report: Report | None = None
        try:
            with self._store.transaction() as tx:
                report = next(iter(tx.reports.due(now, 1)), None)
                if report:
                    self._look(tx, report, now)
        except StoreError:
            raise
        except Exception:
            log.exception("report %s could not be handled; it is tried again in an hour", report.ref if report else "?")
            with self._store.transaction() as tx:
                if report and (again := tx.reports.get(report.id)):
                    tx.reports.save(replace(again, next_at=now + _PAUSE))
        return report is not None

    def _look(self, tx: Tx, report: Report, now: datetime) -> None:
        policy = self._authority.now(tx, now)
        if not may_nudge(policy.hours, now):
            tx.reports.save(replace(report, next_at=policy.hours.next_open(now)))
            return
        if self._renewed(tx, policy, report, now):
            return
        after, says, why = chase(policy, report, now)
        tx.reports.save(after)
        if why:
            tx.reports.tell(report.id, ReportEvent(now, "zhichi", "chased", why))
        for say in says:
            notice = word_report(say, after, policy)
            if notice.to and not tx.outbox.has_notice(notice.key):
                self._recorder.send(tx, notice, Cause(), report.account, now)

    def _renewed(self, tx: Tx, policy: Policy, report: Report, now: datetime) -> bool:
        """Hours or figures changed since it was sent: a new edition goes out, and the old buttons are void."""
        records = tx.work.in_report(report.id)
        today = policy.hours.local(now).date()
        sheet = self._make(tx, policy, parse_week(report.week), report.engineer, records, today)
        if _figures(sheet) == _figures(report.sheet):
            return False
        due_at, why = due_from(policy, now)
        after = replace(
            report, sheet=replace(sheet, ref=report.ref), round=report.round + 1, step=0, made_at=now, due_at=due_at,
            why=why, next_at=next_look(policy, due_at, 0),
        )  # fmt: skip
        tx.reports.save(after)
        said = f"有改动，重新发给总监签字，核算 {report.sheet.days} → {sheet.days} 人天"
        self._mail_out(tx, policy, after, "renewed", said, now)
        return True


def _figures(sheet: Sheet) -> list[tuple[object, ...]]:
    return [(row.case_id, row.day, row.hours, row.factor, row.days, row.times) for row in sheet.rows]
