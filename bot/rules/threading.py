"""To which case a mail belongs: known ids, then the case token, then subject and people; two fits are asked (B6)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.rules.case import Case
from bot.rules.mail import Mail, SubjectReading

_MAX_KNOWN_CHARS = 300


@dataclass(frozen=True, slots=True)
class ThreadMatch:
    """`case` when exactly one fits; `several` when the sender must be asked; neither: no case."""

    case: Case | None = None
    several: tuple[Case, ...] = ()
    why: str = ""


def subject_key(subject: str) -> str:
    """A subject reduced to its letters and digits, so that dashes, blanks and width do not part a thread."""
    return _known_key(subject) if len(subject) <= _MAX_KNOWN_CHARS else _reduce(subject)


def _reduce(subject: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", subject).casefold() if c.isalnum())


_known_key = lru_cache(maxsize=2048)(_reduce)  # every answer of a thread bears the same


def thread_text(subject: SubjectReading) -> str:
    """What finds the case of a subject: customer, project and day of the request it names, however they are written.

    A subject that names no whole request stands for itself.
    """
    if not (subject.is_request and subject.fits):
        return subject.normal
    return _request_text(subject.customer, subject.project, subject.date)


def case_text(case: Case) -> str:
    """The same for a case."""
    return _request_text(case.customer, case.project, case.subject_date) if case.subject_date else case.subject


def _request_text(customer: str, project: str, day: date | None) -> str:
    return f"{customer} {project} {_day_of_year(day)}"


def _day_of_year(day: date | None) -> str:
    """Without the year: `0917` in an answer that comes months later is read as next year's (D3)."""
    return f"{day:%m%d}" if day else ""


def match_thread(
    mail: Mail, by_ids: Iterable[Case], by_token: Iterable[Case], by_subject: Iterable[Case]
) -> ThreadMatch:
    """Choose among the cases found by In-Reply-To/References, by token and by subject, in this order.

    A known id does not bind when the subject clearly names another request: people start a new one from an old mail.
    """
    ids, tokens, subjects = (_unique(group) for group in (by_ids, by_token, by_subject))
    ids = tuple(case for case in ids if not names_another(mail.subject, case))
    for group, others, why in (
        (ids, (*tokens, *subjects), "邮件头引用"),
        (tokens, subjects, "案件编号"),
        (_with_sender(subjects, mail), (), "主题与收发件人"),
    ):
        if len(group) == 1:
            return ThreadMatch(case=group[0], why=why)
        if group:
            common = tuple(case for case in group if case in others)
            return ThreadMatch(case=common[0], why=why) if len(common) == 1 else ThreadMatch(several=group, why=why)
    return ThreadMatch()


def names_another(subject: SubjectReading, case: Case) -> bool:
    """Whether the subject is a whole request for other work than this case.

    The case's own subject never is, whatever year its date is taken for when it is answered much later.
    """
    if not (subject.is_request and subject.fits) or subject_key(subject.normal) == subject_key(case.subject):
        return False
    return subject_key(thread_text(subject)) != subject_key(case_text(case))


def _unique(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple({case.id: case for case in cases}.values())


def _with_sender(cases: tuple[Case, ...], mail: Mail) -> tuple[Case, ...]:
    """Of the cases with this subject, those whose people include the sender; a whole request names its case itself."""
    whole = mail.subject.is_request and mail.subject.fits
    return tuple(
        c for c in cases if whole or mail.sender.email in {p.email for p in c.participants} | {c.sales, *c.engineers}
    )
