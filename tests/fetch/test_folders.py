"""Which folders are read: flags first, else the names Chinese hosts use (mail-in-china.md B7)."""

import pytest

from bot.fetch.folders import Folder, choose_folders, find_sent_folder


def make_folders(*names: str) -> list[Folder]:
    return [Folder(name) for name in names]


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        pytest.param(make_folders("INBOX", "Sent Messages", "Drafts", "Junk"), ("INBOX", "Junk"), id="QQ, no flags"),
        pytest.param(
            [Folder("INBOX"), Folder("垃圾邮件", frozenset({"\\junk"})), Folder("广告邮件"), Folder("订阅邮件")],
            ("INBOX", "垃圾邮件", "广告邮件", "订阅邮件"),
            id="163: junk by flag, the others by name",
        ),
        pytest.param([Folder("INBOX"), Folder("X", frozenset({"\\spam"}))], ("INBOX", "X"), id="XLIST \\Spam"),
        pytest.param([Folder("INBOX.Spam", delimiter=".")], ("INBOX", "INBOX.Spam"), id="below INBOX"),
        pytest.param(make_folders("INBOX", "Junk E-mail"), ("INBOX", "Junk E-mail"), id="Exchange"),
        pytest.param(make_folders("INBOX", "项目", "病毒文件夹"), ("INBOX",), id="nothing else is read"),
        pytest.param([], ("INBOX",), id="nothing listed"),
    ],
)
def test_inbox_and_junk_are_read(folders: list[Folder], expected: tuple[str, ...]) -> None:
    assert choose_folders(folders) == expected


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (make_folders("INBOX", "Sent Messages"), "Sent Messages"),
        (make_folders("INBOX", "已发送邮件"), "已发送邮件"),
        ([Folder("Sent"), Folder("已发送", frozenset({"\\sent"}))], "已发送"),
        (make_folders("INBOX"), ""),
    ],
)
def test_the_sent_folder_is_known_by_flag_or_name(folders: list[Folder], expected: str) -> None:
    assert find_sent_folder(folders) == expected
