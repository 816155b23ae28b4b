"""Six requests, step by step, as their people would write; every step can be taken again after a kill."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.whole.office import DIRECTOR, ENGINEER, SALES, Got, Office

LIVED, OBJECTED, SILENT, REFUSED, WITHDRAWN, LATE = (
    "CITRIX安装", "AD域升级", "防火墙调试", "邮件系统迁移", "备份系统巡检", "虚拟化扩容",
)  # fmt: skip
PROJECTS = (LIVED, OBJECTED, SILENT, REFUSED, WITHDRAWN, LATE)
FORM = ("欧莱雅服务单-签字.pdf", b"%PDF-1.4 signed")
PLANS = (("实施方案.docx", b"PK plan"), ("实施计划.docx", b"PK schedule"))


@dataclass(frozen=True)
class Step:
    """What people write before the bot's turn at `at`; nothing: only the clock goes on."""

    at: str
    write: Callable[[Office, str], None] = lambda _office, _at: None


def newest(office: Office, person: str, project: str) -> Got:
    """The newest mail of the bot about a project in somebody's inbox."""
    return [got for got in office.inbox(person) if got.own_id and project in str(got.message["Subject"])][-1]


def _request(office: Office, at: str) -> None:
    for project in PROJECTS:
        subject = f"技术支持申请--欧莱雅--{project}--ZGH--0917"
        office.write(SALES, at, "客户名称：欧莱雅\n支持方式：现场", subject=subject)


def _decide(office: Office, at: str) -> None:
    for project in (LIVED, OBJECTED, SILENT):
        text = "同意，李工9月22日去，2人天，现场"
        office.write(DIRECTOR, at, text, answer=newest(office, DIRECTOR, project))
    office.write(DIRECTOR, at, "不同意，客户未付款。", answer=newest(office, DIRECTOR, REFUSED))
    office.write(SALES, at, "撤回申请", answer=newest(office, SALES, WITHDRAWN))


def _decide_late(office: Office, at: str) -> None:
    office.tap(DIRECTOR, at, newest(office, DIRECTOR, LATE), "同意")


def _complete(office: Office, at: str) -> None:
    for project in (LIVED, OBJECTED, SILENT):
        got = newest(office, ENGINEER, project)
        office.write(ENGINEER, at, "已完成，服务单见附件。", answer=got, files=(FORM, *PLANS))


def _accept(office: Office, at: str) -> None:
    office.tap(SALES, at, newest(office, SALES, LIVED), "验收通过")
    office.write(SALES, at, "有异议，登录仍然报错。", answer=newest(office, SALES, OBJECTED))


def _close(office: Office, at: str) -> None:
    office.write(DIRECTOR, at, "同意关闭", answer=newest(office, DIRECTOR, LIVED))


def _settle(office: Office, at: str) -> None:
    office.write(DIRECTOR, at, "核算2人天", answer=newest(office, DIRECTOR, LIVED))


STEPS = (
    Step("09-17 10:00", _request),
    Step("09-17 11:00", _decide),
    Step("09-17 18:05"),
    Step("09-18 10:00", _decide_late),
    Step("09-22 16:00", _complete),
    Step("09-23 10:00", _accept),
    Step("09-23 11:00", _close),
    Step("09-23 12:00", _settle),
    Step("09-24 09:40"),
)
