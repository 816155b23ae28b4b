"""R12-R14: who starts the talk before the work, about what, and what sales bring."""

from dataclasses import replace

import pytest

from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.mail import Address
from bot.rules.notice import NoticeKind
from bot.rules.people import Company, Person
from bot.rules.policy import Policy
from bot.rules.preparing import TOPICS, Talk, plan_talk
from bot.rules.whispering import word_notice
from bot.rules.words import Nature, Role, Stage
from tests.rules.build import CAST, DEPUTY, LI, POLICY, WANG, ZGH, a_case, a_scene

VICE = Person("冯副经理", ("vice@demo.cn",), frozenset({Role.DEPUTY_MANAGER}))
WITH_VICE = Policy(Company((*CAST, VICE)))
APPROVED = a_case(Stage.APPROVED)
MANAGED = replace(APPROVED.participants[0], email=DEPUTY.address)  # 冯副总 is a project manager


@pytest.mark.parametrize(
    ("policy", "case", "expected"),
    [
        (POLICY, APPROVED, Talk(LI.address, (ZGH.address,))),
        (POLICY, replace(APPROVED, nature=Nature.NON_PROJECT), Talk(LI.address, (ZGH.address,))),
        (POLICY, replace(APPROVED, nature=Nature.PROJECT), Talk(LI.address, (ZGH.address,))),
        (WITH_VICE, replace(APPROVED, nature=Nature.PROJECT), Talk(LI.address, (ZGH.address, VICE.address))),
        (WITH_VICE, replace(APPROVED, nature=Nature.NON_PROJECT), Talk(LI.address, (ZGH.address,))),
        (
            POLICY,
            replace(
                APPROVED,
                nature=Nature.PROJECT,
                engineers=(LI.address, WANG.address),
                participants=(*APPROVED.participants, Address(DEPUTY.address)),
            ),
            Talk(DEPUTY.address, (LI.address, WANG.address, ZGH.address)),
        ),
        (POLICY, replace(APPROVED, engineers=()), None),
    ],
)
def test_R13_who_starts_the_talk(policy: Policy, case: Case, expected: Talk | None) -> None:
    assert plan_talk(policy, case) == expected


def confirmed(case: Case, text: str = "") -> dict[str, str]:
    notice = word_notice(Say(NoticeKind.CONFIRMED, text=text), a_scene(case))
    return {address: part.ask for address, part in notice.personal.items()}


def test_R12_R14_the_engineer_finds_the_topics_and_sales_what_to_bring_in_their_own_copy() -> None:
    asked = confirmed(replace(APPROVED, fields=(("客户联系人", "周敏"), ("电话", "021-5555 0100"))))
    assert set(asked) == {LI.address, ZGH.address}
    assert all(topic in asked[LI.address] for topic in TOPICS)
    assert "安排与客户通话或拜访" in asked[LI.address]
    assert all(word in asked[ZGH.address] for word in ("客户联系人", "拓扑图", "目标", "注意事项"))
    assert "申请中写的是“周敏 021-5555 0100”" in asked[ZGH.address]


def test_R46_a_changed_date_does_not_repeat_the_list_and_a_new_engineer_gets_it() -> None:
    assert confirmed(APPROVED, "日期：9月22日 → 9月23日") == {}
    assert LI.address in confirmed(APPROVED, "工程师：王强 → 李明")
