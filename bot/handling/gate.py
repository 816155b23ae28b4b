"""The one gate on every outgoing path (R47): how much is too much, so that no loop and no flood makes the bot talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import inf

from bot.rules.decision import Decision, Say
from bot.rules.mail import Mail
from bot.rules.notice import Notice, Outgoing
from bot.rules.notice import NoticeKind as N
from bot.rules.policy import Caps
from bot.rules.words import Fate
from bot.store.store import Tx

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

COMMANDS = frozenset({N.STATUS, N.TODO, N.HELP})
"""Answers to a command: whoever gets none may ask again."""

QUESTIONS = frozenset({N.ASK, N.PROVE, N.MATTER_HELP})
"""Said to one person because of that person's mail on a case: what another machine could answer again."""

CORRECTIONS = frozenset({N.WHICH_CASE, N.SUBJECT_HELP})
"""The same where no case is known."""

OVER = "over-cap"


@dataclass(frozen=True, slots=True)
class Over:
    """A cap that is reached. `who`: the case or address, for telling the operator once a day."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Queued:
    """Copies written within the hour: to `each` (lower case), and at most to all together."""

    each: Mapping[str, int] = field(default_factory=dict)
    at_most: float = inf


def over_cap(tx: Tx, caps: Caps, notice: Notice, people: Iterable[str], queued: Queued, now: datetime) -> Over | None:
    """The cap that forbids sending this notice to these people now, or None; `queued`: what `count_queued` said."""
    if is_alarm(notice):
        return None
    crowded = queued.at_most >= caps.per_case_hour
    over = _over_case(tx, caps, notice, now) if crowded else None
    return over or _over_kinds(tx, caps, notice, now) or _over_people(caps, people, queued.each)


def count_queued(tx: Tx, caps: Caps, copies: Sequence[Outgoing], now: datetime) -> Queued:
    """What is written to the people of a notice; asked once, for its copies go to different people.

    Where all notices of the hour together are below a cap, nobody's need counting: nearly always.
    """
    at_most = tx.outbox.queued_at_most(now - HOUR, now) + len(copies)
    if not copies or at_most < caps.per_address_hour:
        return Queued(at_most=at_most)
    addresses = sorted({address.lower() for out in copies for address in out.recipients})
    return Queued(tx.outbox.queued_each(now - HOUR, addresses), at_most)


def refuse_flood(tx: Tx, caps: Caps, mail: Mail, received_at: datetime, day: date) -> Decision | None:
    """What becomes of a request that nobody vouches for when its sender has opened too many; None: it may be opened.

    Counted by when mails were received, so that a backlog read at once is no flood.
    """
    for span, most, words in ((HOUR, caps.cases_hour, "一小时"), (DAY, caps.cases_day, "一天")):
        if tx.mails.openings(mail.sender.email, received_at - span) < most:
            continue
        who = mail.sender.email
        text = (
            f"{who}：{words}内来源未经证实的新申请超过 {most} 个，可能是有人冒名群发。多出的来信只作记录，不再立项；"
            "属实的请其稍后重发，或调高 [caps] 的 cases_hour、cases_day。"
        )
        alarm = Say(N.OPERATOR, text=text, slot=f"{OVER}:{who}:cases:{day.isoformat()}")
        return Decision(why=f"{words}内来源未经证实的新申请超过 {most} 个，只作记录", fate=Fate.IGNORED, says=(alarm,))
    return None


def is_alarm(notice: Notice) -> bool:
    """Whether it tells the operator of a reached cap; those are few by their key, and always go."""
    return notice.kind is N.OPERATOR and f":{OVER}:" in notice.key


def _over_case(tx: Tx, caps: Caps, notice: Notice, now: datetime) -> Over | None:
    if not notice.case_id or tx.outbox.queued_since(now - HOUR, case_id=notice.case_id) < caps.per_case_hour:
        return None
    return Over(notice.ref, f"more than {caps.per_case_hour} mails for {notice.ref} within an hour")


def _over_kinds(tx: Tx, caps: Caps, notice: Notice, now: datetime) -> Over | None:
    if notice.kind is N.NOT_REGISTERED:
        many = tx.outbox.queued_since(now - HOUR, kinds=(N.NOT_REGISTERED,)) >= caps.strangers_hour
        return Over("unregistered", "too many unregistered senders within an hour") if many else None
    for limit in _limits(caps, notice):
        for person in (a.email for a in notice.to):
            if tx.outbox.queued_since(now - limit.span, limit.case_id, person, limit.kinds) >= limit.most:
                return Over(person, f"more than {limit.most} of {notice.kind.value} to {person} within {limit.span}")
    return None


@dataclass(frozen=True, slots=True)
class _Limit:
    span: timedelta
    most: int
    kinds: frozenset[N]
    case_id: int | None = None


def _limits(caps: Caps, notice: Notice) -> tuple[_Limit, ...]:
    """A director may be asked about many cases in an hour; about one case, ten times are a loop."""
    if notice.kind in COMMANDS:
        return (_Limit(HOUR, caps.commands_hour, COMMANDS),)
    group = next((g for g in (QUESTIONS, CORRECTIONS, frozenset({N.OPERATOR})) if notice.kind in g), None)
    if group is None:
        return ()
    case_id = notice.case_id if group is QUESTIONS else None
    return (_Limit(HOUR, caps.answers_hour, group, case_id), _Limit(DAY, caps.answers_day, group, case_id))


def _over_people(caps: Caps, people: Iterable[str], queued: Mapping[str, int]) -> Over | None:
    full = [a for a in people if queued.get(a.lower(), 0) >= caps.per_address_hour]
    return Over(full[0], f"more than {caps.per_address_hour} mails to {full[0]} within an hour") if full else None
