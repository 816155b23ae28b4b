"""`explain` without a configuration (design.md part 3)."""

from pathlib import Path

import pytest

from bot.commands.explaining import explain_mail
from bot.config import default_config

MAILS = Path(__file__).parents[1] / "mails"


@pytest.mark.parametrize(("name", "kind"), [("44-own", "own"), ("27-vacation-outlook", "auto_reply")])
def test_without_a_configuration_the_bots_own_header_tells_its_mail(name: str, kind: str) -> None:
    path = MAILS / f"{name}.eml"
    assert explain_mail(default_config(), path.read_bytes(), path, None, None)["kind"] == kind


def test_a_requests_fields_are_those_of_lines_and_of_sentences() -> None:
    raw = (
        "From: zgh@corp.example\nSubject: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0924\n"
        "Date: Thu, 17 Sep 2026 10:00:00 +0800\n\n"
        "支持方式：远程\n请于9月22日安排支持，联系人周敏。"
    )
    found = explain_mail(default_config(), raw.encode(), Path("x.eml"), None, None)
    assert found["fields"] == {"支持时间": "9月22日", "支持方式": "远程", "客户联系人": "周敏"}
    assert "支持时间" not in found["missing_fields"]
