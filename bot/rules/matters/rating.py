"""R39: sales, as the customer's voice, rate the support 1–5 after closure; averages by customer, engineer and type."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from bot.rules.case import Case
from bot.rules.decision import Decision, Say
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Reading
from bot.rules.matters.matter import Rating, RatingSaid
from bot.rules.notice import Button, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import stands_in
from bot.rules.people import Person
from bot.rules.record_lines import line_of_mail
from bot.rules.words import Intent, Proof, Stage

AFTER_CLOSURE = frozenset({Stage.CLOSED, Stage.ARCHIVED, Stage.SETTLED})
STARS = tuple(
    Button(f"{stars} 分", f"评分：{stars}", "primary" if stars == 5 else "plain") for stars in (5, 4, 3, 2, 1)
)
ASK = Personal(ask="请代客户给这次支持打分（5 分最好，点一下即可）：", buttons=STARS, beside=True)
_LOW = 2  # with words beside it, so low a rating may mean that the work is not done


def decide_rating(decision: Decision, reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """`decision`, what the mail does to its case, with the rating it gives."""
    said = reading.beside.rating
    if said is None or (desk.proof is Proof.FAIL and not desk.known_person):
        return decision
    rates = case.sales in sender.addresses or stands_in(
        desk.policy, case, sender, desk.policy.hours.local(desk.now).date()
    )
    if said.bare and not (rates and case.stage in AFTER_CLOSURE and not decision.changed):
        return decision
    if reading.meaning.intent is not Intent.RATING and not said.bare:
        return decision
    if not rates:
        return _answer(decision, sender, "评分没有登记：由这件申请的销售代客户评分。")
    if case.stage not in AFTER_CLOSURE:
        return _answer(decision, sender, "评分没有登记：申请关闭之后才能评分。")
    if said.stars is None or (said.bare and said.written == "1"):  # people tick mails as read with a 1
        headline = f"您写的“{said.written}”没有登记：评分请用 1 到 5 的整数，5 分最好。"
        return _answer(decision, sender, headline, STARS)
    if desk.proof not in PROVED and not desk.known_person:
        return _ask_proof(decision, reading, sender, desk)
    return _rate(decision, reading, said, said.stars, case, sender, desk)


def _rate(
    decision: Decision, reading: Reading, said: RatingSaid, stars: int, case: Case, sender: Person, desk: Desk
) -> Decision:
    mail = reading.mail.message_id
    new = Rating(stars, sender.address, desk.now, said.comment, mail, case.id)
    was = f"（原为 {desk.rating.stars} 分）" if desk.rating else ""
    more = f"：{said.comment}" if said.comment else ""
    why = f"销售评分 {stars} 分{was}{more}"
    entry = line_of_mail("rated", why, reading, case, sender.address, desk.now)
    kept = tuple(e for e in decision.history if e.event != "mail")
    decision = replace(decision, why=why, history=(*kept, entry), ratings=(new,))
    if stars > _LOW or not said.comment:
        return decision
    headline = f"评分已记录（{stars} 分）。如果支持还没有做好、需要继续，请回复“有异议：原因”。"
    return _answer(decision, sender, headline)


def _answer(decision: Decision, sender: Person, headline: str, buttons: tuple[Button, ...] = ()) -> Decision:
    """To the one who wrote, instead of the general question."""
    says = tuple(say for say in decision.says if say.kind is not N.ASK)
    return replace(
        decision, says=(*says, Say(N.MATTER_HELP, (sender.address,), headline=headline, buttons=buttons, matter="评分"))
    )


def _ask_proof(decision: Decision, reading: Reading, sender: Person, desk: Desk) -> Decision:
    """A rating that nobody vouches for does not count; the address is asked once a day (design.md part 2)."""
    if any(say.kind is N.PROVE for say in decision.says):
        return decision
    day = desk.policy.hours.local(desk.now).date().isoformat()
    slot = ":".join(part for part in ("评分", sender.address, day, desk.stale) if part)
    return decision.and_say(Say(N.PROVE, (sender.address,), text=reading.mail.fresh_text.strip()[:200], slot=slot))


def ask_rating(case: Case, rating: Rating | None) -> dict[str, Personal]:
    """The five buttons for the sales' copy of a notice after closure; nobody's once it is rated."""
    return {case.sales: ASK} if case.stage in AFTER_CLOSURE and rating is None else {}


@dataclass(frozen=True, slots=True)
class Rated:
    """A case with the rating that counts."""

    case: Case
    rating: Rating


@dataclass(frozen=True, slots=True)
class Average:
    """Whose average: `count` ratings, `stars` rounded to one decimal."""

    name: str
    count: int
    stars: Decimal


@dataclass(frozen=True, slots=True)
class Averages:
    """The averages of R39, best first; a case with two engineers counts for both, one without a type for "未注明"."""

    overall: Average
    customers: tuple[Average, ...]
    engineers: tuple[Average, ...]  # by address
    types: tuple[Average, ...]  # 支持类型 (R4)


def average_ratings(rated: Iterable[Rated]) -> Averages:
    """Averages of the given ratings; `overall.count` 0 when there are none."""
    cases = tuple(rated)
    by_type = [(dict(r.case.fields).get("支持类型", "") or "未注明", r) for r in cases]
    return Averages(
        overall=_average("", [r.rating.stars for r in cases]),
        customers=_group((r.case.customer, r) for r in cases),
        engineers=_group((engineer, r) for r in cases for engineer in r.case.engineers),
        types=_group(by_type),
    )


def _group(named: Iterable[tuple[str, Rated]]) -> tuple[Average, ...]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for name, rated in named:
        found[name].append(rated.rating.stars)
    averages = [_average(name, stars) for name, stars in found.items()]
    return tuple(sorted(averages, key=lambda a: (-a.stars, -a.count, a.name)))


def _average(name: str, stars: list[int]) -> Average:
    mean = Decimal(sum(stars)) / len(stars) if stars else Decimal(0)
    return Average(name, len(stars), mean.quantize(Decimal("0.1"), ROUND_HALF_UP))
