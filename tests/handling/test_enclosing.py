"""A notice's files: made for its kind, and never in the way of its words."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from bot.handling.enclosing import Enclosing
from bot.rules.mail import Address, Attachment
from bot.rules.notice import Notice, NoticeKind
from bot.rules.scene import Scene
from tests.rules.build import POLICY

SCENE = Scene(POLICY, datetime(2026, 9, 18, 2, tzinfo=UTC))


def _file(name: str) -> Attachment:
    return Attachment(name, "text/plain", b"x", sha256(b"x").hexdigest())


def _notice(kind: NoticeKind) -> Notice:
    return Notice(kind, "k", (Address("a@example.cn"),))


def test_each_kind_of_notice_gets_its_own_papers() -> None:
    enclosing = Enclosing({NoticeKind.CONFIRMED: (lambda _n, _s: [_file("服务单.docx")], lambda _n, _s: [_file("b")])})
    assert [f.name for f in enclosing.enclose(_notice(NoticeKind.CONFIRMED), SCENE)] == ["服务单.docx", "b"]
    assert enclosing.enclose(_notice(NoticeKind.REGISTERED), SCENE) == ()


def test_a_paper_that_cannot_be_made_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_notice: Notice, _scene: Scene) -> list[Attachment]:
        raise ValueError("no such field")

    enclosing = Enclosing({NoticeKind.CONFIRMED: (broken, lambda _n, _s: [_file("b")])})
    assert [f.name for f in enclosing.enclose(_notice(NoticeKind.CONFIRMED), SCENE)] == ["b"]
    assert "could not be made" in caplog.text
