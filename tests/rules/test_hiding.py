"""No password in a server's words."""

import base64

import pytest

from bot.rules.hiding import hide_password

PASSWORD = 'se"cret\\word'


@pytest.mark.parametrize(
    "said",
    [
        f"BAD unknown command LOGIN bot {PASSWORD}",
        'BAD LOGIN "bot" "se\\"cret\\\\word"',
        f"535 {base64.b64encode(PASSWORD.encode()).decode()} refused",
        f"535 AUTH PLAIN {base64.b64encode(f'{chr(0)}bot{chr(0)}{PASSWORD}'.encode()).decode()} refused",
    ],
)
def test_a_repeated_password_is_taken_out(said: str) -> None:
    shown = hide_password(said, "bot", PASSWORD)
    assert "***" in shown
    assert "cret" not in shown
    assert shown.split()[0] == said.split()[0]


def test_without_a_password_nothing_is_changed() -> None:
    assert hide_password("535 refused", "", "") == "535 refused"
