"""R39: a rating by one tap after closure; averages by customer, engineer and type."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.matters.matter import Rating
from bot.rules.matters.rating import STARS, Average, Rated, average_ratings
from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.whispering import word_notice
from bot.rules.words import Proof, Stage
from tests.rules.build import CHEN, LI, NOON, OTHER, WANG, ZGH, a_case, a_desk, a_scene
from tests.rules.test_mattering import write

S = Stage


def rate(text: str, person: Person = ZGH, stage: Stage = S.ARCHIVED, desk: Desk | None = None) -> Decision:
    return write(person, text, case=a_case(stage), desk=desk)


@pytest.mark.parametrize("stage", [S.CLOSED, S.ARCHIVED, S.SETTLED])
@pytest.mark.parametrize("button", STARS, ids=lambda b: b.label)
def test_R39_a_tap_rates_after_closure_and_nothing_is_mailed_about_it(stage: Stage, button: object) -> None:
    says = getattr(button, "says", "")
    decision = rate(says, stage=stage)
    assert [r.stars for r in decision.ratings] == [int(says[-1])]
    assert (decision.says, decision.changed) == ((), False)
    assert [e.event for e in decision.history] == ["rated"]


@pytest.mark.parametrize("written", ["6", "0", "评分：6", "评分：0", "评分：4.5", "评分：很好", "1", "7分", "十分"])
def test_R39_a_bad_rating_is_answered_clearly_with_the_five_buttons(written: str) -> None:
    decision = rate(written)
    assert decision.ratings == ()
    (say,) = decision.says
    assert (say.kind, say.to, say.buttons) == (N.MATTER_HELP, (ZGH.address,), STARS)
    assert "1 到 5 的整数" in say.headline


def test_R39_a_bare_number_counts_from_sales_after_closure_alone() -> None:
    assert [r.stars for r in rate("4").ratings] == [4]
    assert (rate("4", stage=S.APPROVED).ratings, rate("4", stage=S.APPROVED).says) == ((), ())
    settled = rate("2", CHEN)
    assert settled.case
    assert (settled.case.stage, settled.ratings) == (S.SETTLED, ())  # the director's number is a workload (R27)


@pytest.mark.parametrize("person", [LI, CHEN, OTHER, WANG])
def test_R39_only_sales_rate_for_the_customer(person: Person) -> None:
    decision = rate("评分：5", person)
    assert (decision.ratings, [say.to for say in decision.says]) == ((), [(person.address,)])
    assert "销售" in decision.says[0].headline


def test_R39_before_closure_nothing_is_rated_and_that_is_said() -> None:
    decision = rate("评分：5", stage=S.APPROVED)
    assert (decision.ratings, [say.kind for say in decision.says]) == ((), [N.MATTER_HELP])
    assert "关闭之后" in decision.says[0].headline


def test_R39_a_second_rating_replaces_the_first_on_record() -> None:
    decision = rate("评分：2", desk=replace(a_desk(), rating=Rating(5, ZGH.address, NOON)))
    assert [r.stars for r in decision.ratings] == [2]
    assert decision.history[0].why == "销售评分 2 分（原为 5 分）"


def test_R39_design2_a_rating_needs_proof() -> None:
    decision = rate("评分：5", desk=a_desk(proof=Proof.NONE))
    assert (decision.ratings, [say.kind for say in decision.says]) == ((), [N.PROVE])
    assert rate("评分：5", desk=replace(a_desk(proof=Proof.NONE), known_person=True)).ratings
    assert rate("评分：5", desk=a_desk(proof=Proof.FAIL)).says == ()


def test_R39_a_low_rating_with_words_is_asked_whether_the_work_shall_go_on_and_reopens_nothing() -> None:
    decision = rate("评分：1，不满意，返工两次", stage=S.CLOSED)
    assert [(r.stars, r.comment) for r in decision.ratings] == [(1, "不满意，返工两次")]
    assert decision.case
    assert decision.case.stage is S.CLOSED
    assert "有异议" in decision.says[0].headline


@pytest.mark.parametrize("kind", [N.CLOSED, N.ARCHIVED])
def test_R39_R46_the_buttons_stand_in_the_sales_copy_of_the_closed_notice_alone(kind: N) -> None:
    case = a_case(S.ARCHIVED)
    notice = word_notice(Say(kind), a_scene(case))
    assert notice.personal[ZGH.address].buttons == STARS
    assert notice.personal[ZGH.address].beside
    assert not {b.label for a, p in notice.personal.items() if a != ZGH.address for b in p.buttons} & {"5 分"}
    rated = word_notice(Say(kind), a_scene(case, rating=Rating(5, ZGH.address, NOON)))
    assert ZGH.address not in rated.personal


def test_R39_averages_by_customer_engineer_and_type() -> None:
    def one(stars: int, customer: str, kind: str, *engineers: Person) -> Rated:
        fields = (("支持类型", kind),) if kind else ()
        case = a_case(S.SETTLED, customer=customer, fields=fields, engineers=tuple(e.address for e in engineers))
        return Rated(case, Rating(stars, ZGH.address, NOON))

    found = average_ratings(
        [one(5, "欧莱雅", "安装实施", LI), one(4, "欧莱雅", "培训", LI, WANG), one(2, "3M", "", WANG)]
    )
    assert (found.overall.count, found.overall.stars) == (3, Decimal("3.7"))
    assert found.customers == (Average("欧莱雅", 2, Decimal("4.5")), Average("3M", 1, Decimal("2.0")))
    assert found.engineers == (Average(LI.address, 2, Decimal("4.5")), Average(WANG.address, 2, Decimal("3.0")))
    assert [a.name for a in found.types] == ["安装实施", "培训", "未注明"]
    assert average_ratings([]).overall == Average("", 0, Decimal("0.0"))
