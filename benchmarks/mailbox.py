"""The mailbox of a company of twenty, made up: ten thousand Chinese mails as floors, product and peers all read them.

What is in it, in a hundred mails (the same seed gives the same mails on every machine):

- 6 requests with a right subject, each opening a case that lives on through about ten answers;
- 60 answers on cases. Four of a case's ten decide something (同意, 完成 with the signed form, 验收, 关闭), as in a
  smooth life by the rulebook; the other six are talk: 收到, questions about hours and access, thanks. Answers quote
  what they answer, up to six levels deep;
- 34 that belong to no case, as in every mailbox that a department shares: 14 between colleagues about other business,
  10 English notices of machines and vendors, 5 from lists, 3 vacation replies, 2 requests with a wrong subject.

So 32 of a hundred get a mail from the bot and 68 move nothing. 55 % are UTF-8, 35 % of the GBK family, 10 % ASCII;
90 % carry text and HTML; every 200th brings a file of 200 KB. Median 7 KB, 96 MB in all.
"""

import html
import random
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from functools import lru_cache
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DOMAIN = "xinhai.example"
BOT = f"support@{DOMAIN}"
AUTHSERV_ID = f"mx.{DOMAIN}"
MONDAY = datetime(2026, 9, 14, 9, tzinfo=SHANGHAI)
DEPTH = 6
BIG_EVERY, BIG_BYTES = 200, 200_000
_GBK_SHARE, _PLAIN_SHARE = 0.39, 0.10  # of the Chinese ones, and of all
_MAX_QUOTED = 1_300  # characters; people cut what grows longer, or their clients do

SALES = tuple((name, f"{login}@{DOMAIN}") for name, login in (
    ("张国华", "zhanggh"), ("刘敏", "liumin"), ("陈晓东", "chenxd"), ("杨丽", "yangli"),
    ("赵刚", "zhaogang"), ("黄志强", "huangzq"), ("周婷", "zhouting"), ("吴建国", "wujg"),
))  # fmt: skip
ENGINEERS = tuple((name, f"{login}@{DOMAIN}") for name, login in (
    ("李明", "liming"), ("王强", "wangqiang"), ("孙伟", "sunwei"), ("马超", "machao"), ("朱琳", "zhulin"),
    ("胡斌", "hubin"), ("郭峰", "guofeng"),
))  # fmt: skip
DIRECTOR = ("陈建明", f"director@{DOMAIN}")
OTHERS = (
    ("高晓梅", f"gxm@{DOMAIN}"),
    ("林组长", f"lead@{DOMAIN}"),
    ("周总", f"local@{DOMAIN}"),
    ("吴总", f"company@{DOMAIN}"),
)
ROLES = ("admin", "sales_lead", "local_sales_director", "company_sales_director")

_CUSTOMERS = (
    *("欧莱雅", "联合利华", "宝洁", "可口可乐", "上海电气", "浦发银行", "携程", "美团", "东方航空", "申通地铁"),
    *(
        "华东医院",
        "复旦大学",
        "交通银行",
        "光明乳业",
        "上汽集团",
        "宝钢股份",
        "百联集团",
        "锦江酒店",
        "绿地控股",
        "太平洋保险",
    ),
)
_PROJECTS = (
    "CITRIX安装",
    "AD升级",
    "Exchange迁移",
    "防火墙调试",
    "存储扩容",
    "虚拟化平台",
    "备份演练",
    "桌面云试点",
    "机房搬迁",
    "证书更换",
)
_SENTENCES = (
    *("现场环境已确认，请按计划安排工程师，注意机房准入和备份窗口。", "两台交付控制器升级到最新版本，含回退方案。"),
    *("客户的运维负责人下周出差，到场前请先与他的同事联系。", "登录慢的情况集中在早上九点前后，午后基本正常。"),
    *("许可证下月到期，需要同时核对数量并出具清单。", "备份窗口只有周六晚上，建议提前演练一次。"),
    *("存储控制器有告警，厂商已派单，请我方陪同处理。", "测试环境搭好后请客户一起验证，再决定上线时间。"),
    *("防火墙策略按附件的表格逐条核对，有出入的地方先不要动。", "客户想看同行业的案例，资料我稍后单独发给大家。"),
    *("机房在二号楼地下一层，需要带身份证登记，停车请走南门。", "设备清单和布线图已经更新，请以最新版本为准。"),
)
_CHAT = (
    *(
        "收到，谢谢。",
        "好的，我来联系客户。",
        "客户那边说机房需要提前一天登记，麻烦把身份证号发我。",
        "请问备份窗口是几点到几点？",
    ),
    *(
        "我和客户通了电话，环境情况见下，其它没有特别要求。",
        "辛苦了！",
        "补充一下：客户希望避开月末结账。",
        "知道了，我这边配合。",
    ),
)
_OTHER = (
    *(
        "本周部门例会改到周四下午两点",
        "报销单请尽快交",
        "新版价格表请查收",
        "会议室预订",
        "关于下月培训的安排",
        "通讯录更新",
    ),
    *("客户拜访纪要", "投标文件请协助核对", "快递已寄出", "团建报名"),
)
_NOTICES = (
    "Backup job completed with warnings",
    "License renewal reminder",
    "Weekly security digest",
    "Ticket 48213 has been updated",
)
_ENGLISH = (
    "The job finished and all objects were verified against the catalogue of the previous run.",
    "Please review the attached release notes before the maintenance window starts on Saturday night.",
    "No action is required if you have already renewed; otherwise contact your account manager.",
)
_STYLE = (
    "body { line-height: 1.5; } blockquote { margin-top: 0px; margin-left: 0.5em; } p { margin: 0; } "
    "body { font-size: 14px; font-family: 'Microsoft YaHei UI'; }"
)
_DIV = '<div style="color: rgb(0, 0, 0);">{}</div>'
_ATTRIBUTION = (
    '<hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div style="border:none;'
    'border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="FONT-SIZE: 12px; BACKGROUND: '
    '#efefef;">{}</div></div>'
)
_HOP = "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\t(No client certificate requested)"
_SIGNED = "b=" + "\n\t ".join(
    "Qm9keSBoYXNoIGFuZCBzaWduYXR1cmUgb2YgdGhlIG1haWwgYXMgREtJTSBzaWducyBpdA" for _ in range(4)
)

People = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BenchMail:
    """One mail as it lies in the mailbox. `answered`: the rulebook makes the bot say something about it."""

    raw: bytes
    message_id: str  # with <>
    received_at: datetime
    kind: str
    answered: bool


@dataclass(slots=True)
class _Thread:
    """A case as people write about it. `quoted`: the levels so far, newest first."""

    subject: str
    sales: tuple[str, str]
    engineer: tuple[str, str]
    charset: str
    ids: list[str] = field(default_factory=list)
    quoted: list[tuple[str, str]] = field(default_factory=list)
    step: int = 0


_LIFE = ("chat", "approve", "chat", "chat", "chat", "complete", "chat", "accept", "chat", "close")
_ANSWERED = frozenset({"request", "wrong", "approve", "complete", "accept", "close"})


def make_mailbox(count: int, seed: int = 1) -> Iterator[BenchMail]:
    """`count` mails in the order they came, a minute apart in working hours."""
    dice = random.Random(seed)
    open_threads: list[_Thread] = []
    other = ("colleague",) * 14 + ("machine",) * 10 + ("list",) * 5 + ("vacation",) * 3 + ("wrong",) * 2
    for number in range(count):
        draw = dice.random()
        at = MONDAY + timedelta(days=number // 2500, seconds=(number % 2500) * 12)
        if draw < 0.06 or (draw < 0.66 and not open_threads):
            kind, thread = "request", _open_thread(dice, number)
            open_threads.append(thread)
        elif draw < 0.66:
            thread = dice.choice(open_threads[:60])
            kind = _LIFE[thread.step]
            thread.step += 1
            if thread.step == len(_LIFE):
                open_threads.remove(thread)
        else:
            kind, thread = dice.choice(other), _open_thread(dice, number)
        yield _write(dice, number, kind, thread, at)


def _open_thread(dice: random.Random, number: int) -> _Thread:
    sales, day = dice.choice(SALES), MONDAY + timedelta(days=dice.randrange(1, 5))
    subject = f"技术支持申请--{dice.choice(_CUSTOMERS)}--{dice.choice(_PROJECTS)}{number}--{sales[0]}--{day:%m%d}"
    charset = dice.choice(("gb2312", "gbk", "gb18030")) if dice.random() < _GBK_SHARE else "utf-8"
    return _Thread(subject, sales, dice.choice(ENGINEERS), charset)


def _words(dice: random.Random, low: int, high: int) -> str:
    return "\n".join(dice.choice(_SENTENCES) for _ in range(dice.randint(low, high)))


def _write(dice: random.Random, number: int, kind: str, thread: _Thread, at: datetime) -> BenchMail:
    sender, subject, body, files = _say(dice, kind, thread)
    answers = thread.ids and kind in {*_LIFE}
    charset = "us-ascii" if kind == "machine" else thread.charset
    whole = (
        f"{body}\n\n{sender[0]}\n信海系统集成 技术支持\n电话 021-5555 0{number % 1000:03d}"
        if kind != "machine"
        else body
    )
    mail = _container(dice, whole, thread if answers else None, charset)
    if number % BIG_EVERY == BIG_EVERY - 1:
        files.append(_file("设备清单.xlsx", random.Random(number).randbytes(BIG_BYTES), "vnd.ms-excel"))
    if files:
        mixed = MIMEMultipart("mixed", boundary=f"----=_002_NextPart{number:011d}_=----")
        for part in (mail, *files):
            mixed.attach(part)
        mail = mixed
    _head(mail, number, kind, sender, subject, thread, at, charset)
    if kind in {"request", *_LIFE}:
        thread.ids.append(f"<m{number}.{at:%H%M%S}@{DOMAIN}>")
        thread.quoted = [(_attribution(sender, thread, at), whole), *thread.quoted][:DEPTH]
    return BenchMail(mail.as_bytes(), str(mail["Message-ID"]), at, kind, kind in _ANSWERED)


def _say(dice: random.Random, kind: str, thread: _Thread) -> tuple[tuple[str, str], str, str, list[MIMEBase]]:
    """Who says it, under which subject, the fresh words, and what hangs below."""
    _, customer, project, *_ = thread.subject.split("--")
    work = _words(dice, 1, 3)
    day = MONDAY + timedelta(days=3)
    fields = (
        f"客户名称：{customer}\n项目名称：{project}\n联系人：王经理 021-6666 8888\n支持方式：现场\n"
        f"支持时间：9月{day.day}日\n支持内容：{work}"
    )
    answer, chat = f"Re: {thread.subject}", f"{dice.choice(_CHAT)}\n{_words(dice, 0, 2)}"
    talkers = (thread.sales, thread.engineer)
    match kind:
        case "request":
            return thread.sales, thread.subject, f"陈总，您好！\n{fields}", []
        case "wrong":
            return thread.sales, f"技术支持申请 {customer} {project}", f"陈总，您好！\n{fields}", []
        case "approve":
            return DIRECTOR, answer, f"同意，安排{thread.engineer[0]}，9月{day.day}日现场支持，预计2人天。", []
        case "complete":
            picture = MIMEImage(random.Random(customer).randbytes(5_000), "jpeg", name="fwd.jpg")
            picture.add_header("Content-Disposition", "attachment", filename=("gbk", "", "技术支持服务单.jpg"))
            return thread.engineer, answer, "客户现场工作已完成，服务单已签字，见附件。", [picture]
        case "accept":
            return thread.sales, answer, "确认完成，验收通过。", []
        case "close":
            return DIRECTOR, answer, "确认，同意关闭。", []
        case "chat":
            return dice.choice(talkers), answer, chat, []
        case "machine":
            lines = "\n".join(dice.choice(_ENGLISH) for _ in range(dice.randint(8, 30)))
            return ("Operations", "noreply@vendor.example"), dice.choice(_NOTICES), lines, []
        case "vacation":
            return (
                dice.choice(talkers),
                f"自动回复: {dice.choice(_OTHER)}",
                "您好，邮件已收到。我本周休假，急事请打电话。",
                [],
            )
        case _:
            return dice.choice(talkers), dice.choice(_OTHER), f"各位好：\n{_words(dice, 2, 8)}", []


def _attribution(sender: tuple[str, str], thread: _Thread, at: datetime) -> str:
    return (
        f"发件人： {sender[0]} <{sender[1]}>\n发送时间： {at:%Y-%m-%d %H:%M}\n收件人： {DIRECTOR[0]} <{DIRECTOR[1]}>\n"
        f"抄送： {thread.engineer[0]} <{thread.engineer[1]}>; 技术支持 <{BOT}>\n主题： {thread.subject}"
    )


def _container(dice: random.Random, body: str, thread: _Thread | None, charset: str) -> MIMEBase:
    text, page = body, "".join(_DIV.format(html.escape(line) or "<br>") for line in body.split("\n"))
    for head, old in thread.quoted if thread else ():
        text += f"\n\n------------------ 原始邮件 ------------------\n{head}\n\n{old}"
        rows = "".join(f"<div><b>{html.escape(line)}</b></div>" for line in head.split("\n"))
        page += _ATTRIBUTION.format(rows)
        page += (
            "<blockquote>"
            + "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in old.split("\n"))
            + "</blockquote>"
        )
        if len(text) > _MAX_QUOTED:
            break
    plain = MIMEText(text, "plain", charset)
    if dice.random() < _PLAIN_SHARE:
        return plain
    mail = MIMEMultipart("alternative", boundary=f"----=_001_NextPart{dice.randrange(10**11):011d}_=----")
    mail.attach(plain)
    head = (
        f'<head><meta http-equiv="content-type" content="text/html; charset={charset}"><style>{_STYLE}</style></head>'
    )
    mail.attach(MIMEText(f"<html>{head}<body>\n{page}\n</body></html>", "html", charset))
    return mail


def _file(name: str, content: bytes, subtype: str) -> MIMEBase:
    part = MIMEApplication(content, subtype, name=Header(name, "gb18030").encode())
    part.add_header("Content-Disposition", "attachment", filename=Header(name, "gb18030").encode())
    return part


@lru_cache(maxsize=256)
def _named(person: tuple[str, str], charset: str) -> str:
    return formataddr(person, charset)


def _head(
    mail: MIMEBase,
    number: int,
    kind: str,
    sender: tuple[str, str],
    subject: str,
    thread: _Thread,
    at: datetime,
    charset: str,
) -> None:
    domain = sender[1].partition("@")[2]
    stamp = format_datetime(at)
    signed = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=s1; t={int(at.timestamp())};"
    lines = [
        ("Return-Path", f"<{sender[1]}>"),
        ("Delivered-To", BOT),
        (
            "Received",
            f"from out.{domain} (out.{domain} [192.0.2.7])\n\t{_HOP}\n\tby {AUTHSERV_ID} id B{number}; {stamp}",
        ),
        (
            "Authentication-Results",
            f"{AUTHSERV_ID};\n\tdkim=pass (2048-bit key) header.d={domain} header.s=s1;"
            f"\n\tspf=pass smtp.mailfrom={sender[1]};\n\tdmarc=pass (p=none) header.from={domain}",
        ),
        (
            "Received",
            f"from desk (unknown [192.0.2.99])\n\t{_HOP}\n\tby out.{domain} with ESMTPSA id A{number:07d}; {stamp}",
        ),
        ("DKIM-Signature", f"{signed}\n\th=from:to:subject:date; {_SIGNED}"),
        ("X-QQ-mid", f"bizesmtp77t{int(at.timestamp())}tq3x9k2m"),
        ("X-QQ-Originating-IP", encodebytes(f"address {number}".encode()).decode().strip()),
        ("Date", stamp),
        ("From", _named(sender, charset)),
        (
            "To",
            f"{_named(DIRECTOR, charset)},\n\t{_named(('技术支持', BOT), charset)}" if charset != "us-ascii" else BOT,
        ),
        ("Subject", Header(subject, charset).encode()),
        ("Message-ID", f"<m{number}.{at:%H%M%S}@{domain}>"),
        ("X-Mailer", "Foxmail 7.2.25.331[cn]"),
        ("X-Priority", "3"),
    ]
    if charset != "us-ascii":
        lines.append(("Cc", ",\n\t".join(_named(p, charset) for p in (thread.sales, thread.engineer, *OTHERS))))
    if thread.ids and kind in {*_LIFE}:
        lines += [("In-Reply-To", thread.ids[-1]), ("References", "\n\t".join(thread.ids[-DEPTH:]))]
    if kind in {"machine", "list"}:
        lines += [("List-Id", f"<notices.{domain}>"), ("Precedence", "bulk")]
    if kind == "vacation":
        lines += [("Auto-Submitted", "auto-replied"), ("X-AutoReply", "yes")]
    for name, value in lines:
        mail[name] = value
