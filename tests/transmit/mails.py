"""What the tests of composing share: a bot, a moment, ids that count, and the way back from bytes to words."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from bot.rules.mail import Address
from bot.rules.notice import Notice, Outgoing
from bot.transmit.compose import BotIdentity, Composer, Parent
from bot.transmit.samples.cast import SALES, SUBJECT
from bot.transmit.templates import shipped_templates

NOW = datetime(2026, 9, 18, 2, 30, tzinfo=UTC)
BOT = BotIdentity("support@example.cn", "支持机器人", "example.cn", "示例公司")


def counting_ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def a_composer(*own_folders: Path) -> Composer:
    return Composer((*own_folders, shipped_templates()), BOT, counting_ids())


def a_parent(
    *,
    message_id: str = "m1@example.cn",
    references: tuple[str, ...] = (),
    sender: Address = SALES,
    date: datetime | None = NOW,
    subject: str = SUBJECT,
    text: str = "请安排支持。",
    html: str = "",
) -> Parent:
    return Parent(message_id, references, sender, date, subject, text, html)


class _Ids:
    """Counts from 1 again at each mail, so that one composer with its compiled templates can serve all tests."""

    def __init__(self) -> None:
        self.next = counting_ids()

    def __call__(self) -> str:
        return self.next()


_ids = _Ids()
_composer = Composer((shipped_templates(),), BOT, _ids)


def compose(notice: Notice, parent: Parent | None = None) -> tuple[Outgoing, ...]:
    _ids.next = counting_ids()
    return _composer.compose(notice, parent, NOW, "main")


def read(outgoing: Outgoing) -> EmailMessage:
    return message_from_bytes(outgoing.raw, policy=policy.default)


def text_of(outgoing: Outgoing) -> str:
    return _content(outgoing, "plain")


def html_of(outgoing: Outgoing) -> str:
    return _content(outgoing, "html")


def _content(outgoing: Outgoing, subtype: str) -> str:
    part = read(outgoing).get_body((subtype,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
