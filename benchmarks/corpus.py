"""Ordinary Chinese mails, made up: requests and replies with quoted history, UTF-8 and GBK, text and HTML."""

import random
from collections.abc import Iterator
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

CUSTOMERS = ("欧莱雅", "联合利华", "宝洁", "可口可乐", "上海电气", "浦发银行", "携程", "美团")
PROJECTS = ("CITRIX安装", "AD升级", "Exchange迁移", "防火墙调试", "存储扩容", "虚拟化平台")
LINE = "现场环境已确认，请按计划安排工程师，注意机房准入和备份窗口，谢谢。"
PEOPLE = ("zgh@xinhai.example", "chen@xinhai.example", "li@xinhai.example")


def make_mails(count: int, seed: int = 1) -> Iterator[bytes]:
    """`count` mails, about 6 KB each: 4 of 10 open a request, the others answer one that came before."""
    dice = random.Random(seed)
    opened: list[tuple[str, str]] = []
    for number in range(count):
        charset = "gb18030" if dice.random() < 0.35 else "utf-8"
        if not opened or dice.random() < 0.4:
            customer, project = dice.choice(CUSTOMERS), f"{dice.choice(PROJECTS)}{number}"
            subject, answers = f"技术支持申请--{customer}--{project}--ZGH--0917", ""
            body = f"客户名称：{customer}\n项目名称：{project}\n支持方式：现场\n{LINE}"
            opened.append((f"m{number}@xinhai.example", subject))
            sender = PEOPLE[0]
        else:
            answers, first = dice.choice(opened[-200:])
            subject, sender = f"回复: {first}", dice.choice(PEOPLE[1:])
            quoted = "\n".join(f"{'>' * depth} {LINE}" for depth in range(1, dice.randint(2, 6)) for _ in range(8))
            head = f"发件人: 张国华 <{PEOPLE[0]}>\n发送时间: 2026年9月17日(星期四) 上午10:00\n主题: {first}"
            body = f"收到，我来跟进，{LINE}\n\n------------------ 原始邮件 ------------------\n{head}\n\n{quoted}"
        yield _build(number, sender, subject, body, answers, charset)


def _build(number: int, sender: str, subject: str, body: str, answers: str, charset: str) -> bytes:
    mail = MIMEMultipart("alternative")
    mail["From"] = sender
    mail["To"] = "support@xinhai.example"
    mail["Cc"] = ", ".join(PEOPLE)
    mail["Subject"] = Header(subject, charset).encode()
    mail["Date"] = "Thu, 17 Sep 2026 10:00:00 +0800"
    mail["Message-ID"] = f"<m{number}@xinhai.example>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = f"<{answers}>"
    mail.attach(MIMEText(body, "plain", charset))
    mail.attach(MIMEText("<div>" + body.replace("\n", "<br>") + "</div>", "html", charset))
    return mail.as_bytes()
