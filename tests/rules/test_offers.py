"""Every one-tap answer, read back as the bot will read it, means what its button stands for (R10)."""

from datetime import date
from decimal import Decimal

import pytest

from bot.parse.assignment import read_assignment
from bot.parse.meaning import read_meaning
from bot.parse.token_lines import drop_token_lines
from bot.rules import offers
from bot.rules.case import Case, DeadlineKind
from bot.rules.mail import Assignment
from bot.rules.notice import Button
from bot.rules.parts import find_parts, read_as
from bot.rules.people import Person
from bot.rules.words import Intent, Stage
from tests.rules.build import CHEN, POLICY, ZGH, a_case, a_reading, hear, stage_after

S, M = Stage, Intent
TOKEN_LINE = "（请勿改动此行）[ZC2026-0007#K7Q27FXMABCDEFGH]"
DAY = date(2026, 9, 17)
ARCHIVED = a_case(S.ARCHIVED)
CHANGING = a_case(S.ON_SITE, change="加一天")

ROWS: list[tuple[Button, Person, Case, Intent, Stage]] = [
    *((b, CHEN, a_case(), m, s) for b, m, s in zip(
        offers.DECIDE,
        (M.APPROVE, M.REJECT, M.NEED_MORE_INFO),
        (S.APPROVED, S.DECLINED, S.AWAITING_INFO),
        strict=True,
    )),
    (offers.ACCEPT[0], ZGH, a_case(S.AWAITING_ACCEPTANCE), M.APPROVE, S.ACCEPTED),
    (offers.ACCEPT[1], ZGH, a_case(S.AWAITING_ACCEPTANCE), M.REJECT, S.ON_SITE),
    (offers.ACCEPT[1], ZGH, a_case(S.CLOSED), M.REJECT, S.ON_SITE),
    (offers.CLOSE[0], CHEN, a_case(S.ACCEPTED), M.APPROVE, S.CLOSED),
    (offers.CLOSE[1], CHEN, a_case(S.ACCEPTED), M.REJECT, S.ON_SITE),
    (offers.CHANGE[0], ZGH, CHANGING, M.APPROVE, S.ON_SITE),
    (offers.CHANGE[1], ZGH, CHANGING, M.REJECT, S.ON_SITE),
    (offers.WITHDRAW[0], ZGH, a_case(), M.WITHDRAW, S.WITHDRAWN),
    (offers.END[0], CHEN, a_case(S.APPROVED), M.REJECT, S.DECLINED),
    (offers.END[0], CHEN, a_case(S.ON_SITE), M.REJECT, S.DECLINED),
    (offers.ARCHIVE_ANYWAY, CHEN, a_case(S.CLOSED), M.APPROVE, S.ARCHIVED),
    (offers.settle(ARCHIVED)[0], CHEN, ARCHIVED, M.APPROVE, S.SETTLED),
]  # fmt: skip


def tapped(button: Button) -> str:
    """The words of the mail that a tap sends, as they reach the rules."""
    return drop_token_lines(f"{button.says}\n\n{TOKEN_LINE}\n")


@pytest.mark.parametrize(
    ("button", "person", "case", "intent", "to"), ROWS, ids=[f"{r[0].label}-{r[2].stage}" for r in ROWS]
)
def test_R10_a_tap_means_what_the_button_says(
    button: Button, person: Person, case: Case, intent: Intent, to: Stage
) -> None:
    words = tapped(button)
    assert words == button.says.strip(), "the line with the token is not the person's"
    role, stage = read_as(case, find_parts(POLICY, case, person, DAY), person)
    meaning = read_meaning(words, role, stage)
    assert meaning.intent is intent, meaning.why
    said = read_assignment(words, DAY)
    assert stage_after(hear(case, person, a_reading(person, meaning.intent, words, said=said))) is to


@pytest.mark.parametrize("days", ["0.5", "1", "2", "2.5", "10", "12.25"])
def test_R27_settling_by_one_tap_settles_at_the_estimate(days: str) -> None:
    case = a_case(S.ARCHIVED, days=Decimal(days))
    (button,) = offers.settle(case)
    assert read_assignment(tapped(button), DAY).days == Decimal(days)


@pytest.mark.parametrize("button", [offers.DECIDE[0], *offers.CLOSE, *offers.ACCEPT, offers.ARCHIVE_ANYWAY])
def test_no_tap_assigns_anything_by_accident(button: Button) -> None:
    assert read_assignment(tapped(button), DAY, ("李工", "王工")) == Assignment()


def test_every_button_offered_anywhere_is_read_back_above() -> None:
    tested = {row[0] for row in ROWS}
    cases = [a_case(stage, change=change) for stage in Stage for change in ("", "加一天")]
    offered = {b for case in cases for b in offers.for_decider(case, missing=True).buttons}
    offered |= {b for case in cases for b in offers.for_sales(case)}
    offered |= {b for case in cases for kind in DeadlineKind for b in offers.for_owner(kind, case).buttons}
    assert offered <= tested


def test_the_example_given_to_the_director_is_read_whole() -> None:
    example = offers.HOW_TO_ASSIGN.split("例如：")[1].split("。")[0]
    assert read_meaning(example, *read_as(a_case(), find_parts(POLICY, a_case(), CHEN, DAY), CHEN)).intent is M.APPROVE
    said = read_assignment(example, DAY, ("李工",))
    assert (said.engineers, said.on, said.days, said.mode) == (("李工",), date(2026, 9, 22), Decimal(2), "现场")
