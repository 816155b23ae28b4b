"""One request from its first mail to its archive, by real mail."""

from decimal import Decimal

import pytest

from bot.rules.words import Stage
from tests.whole.office import BOT, DIRECTOR, ENGINEER, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH—0917"
FORM = ("欧莱雅服务单-签字.pdf", b"%PDF-1.4 signed")
PLANS = (("CITRIX实施方案.docx", b"PK plan"), ("CITRIX实施计划.docx", b"PK schedule"))


def test_a_request_lives_from_mail_to_settlement(office: Office) -> None:
    office.write(SALES, "09-17 10:00", "客户名称：欧莱雅\n支持方式：现场", subject=SUBJECT)
    office.turn("09-17 10:05")
    assert office.case().stage is Stage.AWAITING_APPROVAL
    assert office.case().customer == "欧莱雅"

    registered = office.last(DIRECTOR)
    office.write(DIRECTOR, "09-17 11:00", "同意，李工9月22日去，2人天，现场", answer=registered)
    office.turn("09-17 11:05")
    approved = office.case()
    assert approved.stage is Stage.APPROVED
    assert approved.engineers == (ENGINEER,)
    assert (str(approved.on), approved.days) == ("2026-09-22", Decimal(2))

    assert office.papers(SALES) == [f"服务单_欧莱雅_{office.case().ref}.docx"]
    assert [name.split("_")[0] for name in office.papers(ENGINEER)] == ["服务单", "实施方案", "实施计划"]

    office.write(ENGINEER, "09-22 17:00", "已完成，服务单见附件。", answer=office.last(ENGINEER), files=(FORM, *PLANS))
    office.turn("09-22 17:05")
    assert office.case().stage is Stage.AWAITING_ACCEPTANCE

    office.tap(SALES, "09-23 09:30", office.last(SALES), "验收通过")
    office.turn("09-23 09:35")
    assert office.case().stage is Stage.ACCEPTED

    office.write(DIRECTOR, "09-23 10:00", "同意关闭", answer=office.last(DIRECTOR))
    office.turn("09-23 10:05")
    assert office.case().stage is Stage.ARCHIVED

    office.write(DIRECTOR, "09-23 10:30", "核算2人天", answer=office.last(DIRECTOR))
    office.turn("09-23 10:35")
    settled = office.case()
    assert (settled.stage, settled.settled_days) == (Stage.SETTLED, Decimal(2))

    shown = office.show()
    assert [h["event"] for h in shown["history"]] == [
        "request", "approve", "completed", "accept", "close", "documents", "settle",
    ]  # fmt: skip
    assert {d["label"] for d in shown["documents"]} == {"服务单", "实施方案", "实施计划"}
    assert all((office.folder / "archive" / d["filed_as"]).is_file() for d in shown["documents"])
    exported = office.folder / "case.zip"
    office.zhichi("export", settled.ref, "--out", str(exported))
    assert '"ok": true' in office.zhichi("audit", str(exported), "--json")
    audit = office.zhichi("audit", "--json")
    assert '"missing": 0' in audit
    assert '"chain_ok": true' in audit


def test_a_smooth_request_costs_five_mails_in_the_thread_R46(small_office: Office) -> None:
    test_a_request_lives_from_mail_to_settlement(small_office)
    thread = [got for got in small_office.inbox("local@demo.local") if got.own_id]
    assert len(thread) == 5
    assert not [got for got in small_office.inbox(SALES) if BOT in str(got.message["To"])]
