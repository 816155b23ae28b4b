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
