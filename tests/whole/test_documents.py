"""Document support by real mail: contents agreed first, the proposal in time, revised until it is understood."""

import pytest

from bot.rules.case import Proposal
from tests.whole.office import DIRECTOR, ENGINEER, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--云桌面--ZGH--0917"
CONTENTS = "目录：1. 背景 2. 需求分析 3. 解决方案"


def test_R5_R16_R17_a_proposal_from_its_contents_to_its_reader(small_office: Office) -> None:
    office = small_office
    office.write(SALES, "09-17 10:00", "支持类型：方案\n支持内容：编写云桌面方案", subject=SUBJECT)
    office.turn("09-17 10:05")
    office.write(DIRECTOR, "09-17 11:00", "同意，李工，9月21日，3人天", answer=office.last(DIRECTOR))
    office.turn("09-17 11:05")
    assert "商定目录" in office.last(ENGINEER).text
    assert "方案请于 9月23日（周三）18:00 前提交" in office.last(ENGINEER).text
    office.turn("09-20 16:00")
    assert office.was_told(ENGINEER, "提醒：工程师与销售商定目录")
    office.write(ENGINEER, "09-20 16:30", CONTENTS, answer=office.last(ENGINEER))
    office.turn("09-20 16:35")
    office.tap(SALES, "09-20 17:00", office.last(SALES), "同意目录")
    office.turn("09-20 17:05")
    assert office.case().outline_agreed
    assert "目录已商定" in office.last(ENGINEER).text
    draft = ("云桌面方案.pdf", b"%PDF-1.4 draft")
    office.write(ENGINEER, "09-22 10:00", "初稿请审阅", answer=office.last(ENGINEER), files=(draft,))
    office.turn("09-22 10:05")
    office.write(SALES, "09-22 11:00", "没看懂，请修改：拓扑那一页", answer=office.last(SALES))
    office.turn("09-22 11:05")
    assert office.case().proposal is Proposal.REVISE
    assert "拓扑那一页" in office.last(ENGINEER).text
    better = ("云桌面方案v2.pdf", b"%PDF-1.4 better")
    office.write(ENGINEER, "09-23 10:00", "改好了", answer=office.last(ENGINEER), files=(better,))
    office.turn("09-23 10:05")
    office.tap(SALES, "09-23 11:00", office.last(SALES), "看懂了")
    office.turn("09-23 11:05")
    assert office.case().proposal is Proposal.UNDERSTOOD
    events = [entry["event"] for entry in office.show()["history"]]
    wanted = ["outline", "outline_agreed", "proposal", "revise", "proposal", "understood"]
    assert [event for event in events if event in wanted] == wanted
