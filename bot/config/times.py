"""The sections of config.toml that say when: hours, calendar, and what is due until when."""

from datetime import date, time, timedelta
from typing import Self

from pydantic import field_validator, model_validator

from bot.config.values import (
    Days,
    Hours,
    Section,
    TimeOfDay,
    Weekday,
    WorkingDays,
)
from bot.rules.policy import (
    PROPOSAL_TIMES,
    ChaseTimes,
    ConfirmRule,
    ProposalStep,
    ProposalTimes,
    ReportTimes,
)
from bot.rules.times.hours import OfficeHours

_REPORT = ReportTimes()
_HOURS, _CHASE, _CONFIRM = OfficeHours(), ChaseTimes(), ConfirmRule()


class HoursSection(Section):
    """Working hours of every working day (R43)."""

    opening: TimeOfDay = _HOURS.opening
    noon: TimeOfDay = _HOURS.noon
    closing: TimeOfDay = _HOURS.closing

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closing <= self.opening:
            raise ValueError(f"closing {_hm(self.closing)} is not after opening {_hm(self.opening)}; exchange them")
        if not self.opening < self.noon < self.closing:
            between = f"{_hm(self.opening)} and {_hm(self.closing)}"
            raise ValueError(f"noon {_hm(self.noon)} is outside working hours; choose a time between {between}")
        return self


class CalendarSection(Section):
    """The company's own days, which win over the official calendar (R42)."""

    off: tuple[Days, ...] = ()
    work: tuple[Days, ...] = ()
    known_years: tuple[int, ...] = ()

    @field_validator("known_years")
    @classmethod
    def _real_years(cls, years: tuple[int, ...]) -> tuple[int, ...]:
        if wrong := [y for y in years if not 2000 <= y <= 2100]:
            raise ValueError(f"{wrong[0]} is not a year between 2000 and 2100")
        return years

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if both := sorted(self.days_off & self.days_worked):
            raise ValueError(f"{both[0]} stands in off and in work; remove it from one of them")
        return self

    @property
    def days_off(self) -> frozenset[date]:
        """All dates of `off`, ranges spread out."""
        return frozenset(day for days in self.off for day in days)

    @property
    def days_worked(self) -> frozenset[date]:
        """All dates of `work`, ranges spread out."""
        return frozenset(day for days in self.work for day in days)


class ChaseSection(Section):
    """Same fields as `bot.rules.policy.ChaseTimes`; `remind_before` is working hours."""

    remind_before: Hours = _CHASE.remind_before.total_seconds() / 3600
    info_days: WorkingDays = _CHASE.info_days
    close_days: WorkingDays = _CHASE.close_days
    documents_days: WorkingDays = _CHASE.documents_days
    settle_days: WorkingDays = _CHASE.settle_days
    form_days: WorkingDays = _CHASE.form_days
    change_days: WorkingDays = _CHASE.change_days
    proposal_days: WorkingDays = _CHASE.proposal_days
    wish_days: WorkingDays = _CHASE.wish_days
    resend_days: WorkingDays = _CHASE.resend_days
    postponed_days: WorkingDays = _CHASE.postponed_days
    digest_at: TimeOfDay = _CHASE.digest_at

    def times(self) -> ChaseTimes:
        """The same for the rules."""
        return ChaseTimes(**{**dict(self), "remind_before": timedelta(hours=self.remind_before)})


class ConfirmSection(Section):
    """R8's table: working day, counted from day 1, as [before noon, after noon]."""

    confirm: tuple[WorkingDays, WorkingDays] = _CONFIRM.confirm
    start_non_project: tuple[WorkingDays, WorkingDays] = _CONFIRM.start_non_project
    start_project: tuple[WorkingDays, WorkingDays] = _CONFIRM.start_project

    @field_validator("*")
    @classmethod
    def _later_after_noon(cls, pair: tuple[int, int]) -> tuple[int, int]:
        if pair[1] < pair[0]:
            raise ValueError(f"{list(pair)}: after noon may not be earlier than before noon; write [before, after]")
        return pair


class ProposalSection(Section):
    """R16's times of a proposal, in order: [step, working day before noon, after noon]."""

    times: tuple[tuple[ProposalStep, WorkingDays, WorkingDays], ...] = PROPOSAL_TIMES

    @field_validator("times")
    @classmethod
    def _whole_and_in_order(cls, times: ProposalTimes) -> ProposalTimes:
        if missing := [step.value for step in ProposalStep if [name for name, _, _ in times].count(step) != 1]:
            raise ValueError(f'"{missing[0]}" must stand there once; the steps are {", ".join(ProposalStep)}')
        for name, before, after in times:
            if after < before:
                raise ValueError(f"{name.value}: after noon may not be earlier than before noon; write [before, after]")
        return times


class ReportSection(Section):
    """When the weekly reports are sent and until when they are signed (R28)."""

    weekly: bool = _REPORT.weekly
    weekly_on: Weekday = _REPORT.weekly_on
    weekly_at: TimeOfDay = _REPORT.weekly_at
    sign_days: WorkingDays = _REPORT.sign_days


def _hm(at: time) -> str:
    return f"{at:%H:%M}"
