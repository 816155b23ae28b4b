"""How four Chinese mail clients answer: prefix, charset, thread headers and the words above the quoted mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.rules.mail import Address


@dataclass(frozen=True, slots=True)
class Original:
    """The mail that is answered, as a client sees it. `date` is aware, in the reader's zone."""

    message_id: str  # with <>
    references: tuple[str, ...]  # with <>, oldest first
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Client:
    """A mail client's habits. `says_reply_to`: it writes In-Reply-To; `join`: between the ids of References."""

    mailer: str
    charset: str
    prefix: str
    introduce: Callable[[Original], list[str]]
    says_reply_to: bool = True
    join: str = "\n "
    mark: str = ""  # before each quoted line
    signature: str = ""
    sends_html: bool = True


_DAYS = "一二三四五六日"


def _people(addresses: tuple[Address, ...], *, quoted: bool = False) -> str:
    return "; ".join(f'"{a.name}" <{a.email}>' if quoted else f"{a.name} <{a.email}>" for a in addresses)


def _foxmail(mail: Original) -> list[str]:
    return [
        f"发件人： {mail.sender.name}",
        f"发送时间： {mail.date:%Y-%m-%d %H:%M}",
        f"收件人： {_people(mail.to)}",
        f"抄送： {_people(mail.cc)}",
        f"主题： {mail.subject}",
    ]


def _outlook(mail: Original) -> list[str]:
    at = mail.date
    return [
        "-----邮件原件-----",
        f"发件人: {mail.sender.name} <{mail.sender.email}>",
        f"发送时间: {at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}",
        f"收件人: {_people(mail.to)}",
        f"抄送: {_people(mail.cc)}",
        f"主题: {mail.subject}",
    ]


def _qqmail(mail: Original) -> list[str]:
    at = mail.date
    half = "上午" if at.hour < 12 else "下午"
    day = f"{at.year}年{at.month}月{at.day}日(星期{_DAYS[at.weekday()]})"
    return [
        "------------------ 原始邮件 ------------------",
        f'发件人: "{mail.sender.name}" <{mail.sender.email}>;',
        f"发送时间: {day} {half}{(at.hour - 1) % 12 + 1}:{at.minute:02}",
        f"收件人: {_people(mail.to, quoted=True)};",
        f"抄送: {_people(mail.cc, quoted=True)};",
        f"主题: {mail.subject}",
    ]


def _iphone(mail: Original) -> list[str]:
    at = mail.date
    half = "上午" if at.hour < 12 else "下午"
    day = f"{at.year}年{at.month}月{at.day}日"
    return [f"在 {day}，{half}{(at.hour - 1) % 12 + 1}:{at.minute:02}，{mail.sender.name} <{mail.sender.email}> 写道："]


FOXMAIL = Client("Foxmail 7.2.25.213[cn]", "gb2312", "回复: ", _foxmail, says_reply_to=False, join=",\n ")
OUTLOOK = Client("Microsoft Outlook 16.0", "utf-8", "答复: ", _outlook)
QQMAIL = Client("QQMail 2.x", "utf-8", "回复：", _qqmail)
IPHONE = Client(
    "iPhone Mail (22F76)", "utf-8", "回复：", _iphone, mark="> ", signature="发自我的iPhone", sends_html=False
)
