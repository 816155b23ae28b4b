"""Ordinary Chinese mails, made up: requests and replies with quoted history, UTF-8 and GBK, text and HTML."""

import html
import random
from collections.abc import Iterator, Sequence
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

CUSTOMERS = ("欧莱雅", "联合利华", "宝洁", "可口可乐", "上海电气", "浦发银行", "携程", "美团")
PROJECTS = ("CITRIX安装", "AD升级", "Exchange迁移", "防火墙调试", "存储扩容", "虚拟化平台")
LINE = "现场环境已确认，请按计划安排工程师，注意机房准入和备份窗口，谢谢。"
WORK = (
    *(
        "两台交付控制器升级到最新版本，含回退方案",
        "新增三十个用户的桌面，需要做模板和策略",
        "登录慢，早上九点前后最明显",
    ),
    *("许可证到期前续期并核对数量", "备份窗口只有周六晚上，需要提前演练一次", "客户想看同行业的案例和报价依据"),
    *("存储控制器告警，厂商已派单，请我方陪同", "机房搬迁，先做设备清单和布线图", "测试环境搭好后请客户一起验证"),
    *("证书过期导致外网打不开", "防火墙策略按附件的表格逐条核对", "给客户的运维人员培训半天，要PPT"),
)
REPLY = f"收到，我来跟进，{LINE}"
AUTHSERV_ID = "mx.xinhai.example"
NAMES = ("张国华", "陈总监", "李明")
PEOPLE = ("zgh@xinhai.example", "chen@xinhai.example", "li@xinhai.example")
_HOP = "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\t(No client certificate requested)"
_SIGNATURE = "b=" + "\n\t ".join(
    "Qm9keSBoYXNoIGFuZCBzaWduYXR1cmUgb2YgdGhlIG1haWwgYXMgREtJTSBzaWducyBpdA" for _ in range(4)
)
TRANSIT = (  # what relays and clients add on the way, top to bottom
    ("Return-Path", "<zgh@xinhai.example>"),
    ("Delivered-To", "support@xinhai.example"),
    (
        "Received",
        f"from out.xinhai.example (out.xinhai.example [192.0.2.7])\n\t{_HOP}; Thu, 17 Sep 2026 10:00:04 +0800",
    ),
    (
        "Authentication-Results",
        f"{AUTHSERV_ID};\n\tdkim=pass (2048-bit key) header.d=xinhai.example header.s=s1;"
        "\n\tspf=pass smtp.mailfrom=zgh@xinhai.example;\n\tdmarc=pass (p=none) header.from=xinhai.example",
    ),
    (
        "Received",
        f"from desk (unknown [192.0.2.99])\n\t{_HOP}\n\tby out.xinhai.example; Thu, 17 Sep 2026 10:00:02 +0800",
    ),
    (
        "DKIM-Signature",
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d=xinhai.example; s=s1;\n\th=from:to:subject; {_SIGNATURE}",
    ),
    ("X-QQ-mid", "bizesmtp77t1758074402tq3x9k2m"),
    ("X-QQ-Originating-IP", "dGhpcyBpcyBhbiBhZGRyZXNz"),
    ("X-Mailer", "Foxmail 7.2.25.331[cn]"),
    ("X-Priority", "3"),
    ("Thread-Index", "AQHZ5x0fUvB2rXo0kUa5wYbPmw=="),
)


def make_mails(count: int, seed: int = 1, start: int = 0, replies: Sequence[str] = (REPLY,)) -> Iterator[bytes]:
    """`count` mails, some 5 KB each: 4 of 10 open a request, the others answer one that came before.

    They are numbered from `start`; what the answers say is drawn from `replies`.
    """
    dice = random.Random(seed)
    opened: list[tuple[str, str]] = []
    for number in range(start, start + count):
        charset = "gb18030" if dice.random() < 0.35 else "utf-8"
        if not opened or dice.random() < 0.4:
            customer, project = dice.choice(CUSTOMERS), f"{dice.choice(PROJECTS)}{number}"
            subject, answers = f"技术支持申请--{customer}--{project}--ZGH--0917", ""
            work = "；".join(dice.sample(WORK, 3))
            body = f"客户名称：{customer}\n项目名称：{project}\n支持方式：现场\n支持内容：{work}"
            opened.append((f"m{number}@xinhai.example", subject))
            sender = PEOPLE[0]
        else:
            answers, first = dice.choice(opened[-200:])
            subject, sender = f"回复: {first}", dice.choice(PEOPLE[1:])
            quoted = "\n".join(f"{'>' * depth} {LINE}" for depth in range(1, dice.randint(2, 6)) for _ in range(8))
            head = f"发件人: 张国华 <{PEOPLE[0]}>\n发送时间: 2026年9月17日(星期四) 上午10:00\n主题: {first}"
            body = f"{dice.choice(replies)}\n\n------------------ 原始邮件 ------------------\n{head}\n\n{quoted}"
        yield _build(number, sender, subject, body, answers, charset)


def _build(number: int, sender: str, subject: str, body: str, answers: str, charset: str) -> bytes:
    mail = MIMEMultipart("alternative")
    for name, value in TRANSIT:
        mail[name] = value
    named = {address: formataddr((name, address), charset) for name, address in zip(NAMES, PEOPLE, strict=True)}
    mail["From"] = named[sender]
    mail["To"] = "support@xinhai.example"
    mail["Cc"] = ", ".join(named.values())
    mail["Subject"] = Header(subject, charset).encode()
    mail["Date"] = "Thu, 17 Sep 2026 10:00:00 +0800"
    mail["Message-ID"] = f"<m{number}@xinhai.example>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = f"<{answers}>"
    mail.attach(MIMEText(body, "plain", charset))
    mail.attach(MIMEText(_html(body), "html", charset))
    return mail.as_bytes()


def _html(body: str) -> str:
    lines = "".join(f"<div>{html.escape(line) or '<br>'}</div>\n" for line in body.split("\n"))
    style = "body { line-height: 1.5; font-family: 'Microsoft YaHei'; } blockquote { margin: 0; }"
    return f"<html><head><style>{style}</style></head><body>{lines}</body></html>"
