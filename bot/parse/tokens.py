"""Case references and button secrets in a mail (design.md part 2)."""

import re
from collections.abc import Iterable

from bot.rules.mail import SecretSeen

MAX_TOKENS = 50
_TOKEN = re.compile(r"(?<![A-Za-z0-9])ZC\d{4}-\d{4,9}(?!\d)")
_SECRET = re.compile(r"(ZC\d{4}-\d{4,9})#([A-Z2-7]{16})(?![A-Za-z0-9])")
# As links carry it: percent-encoded once or more, or as an HTML entity.
_LEAKED = re.compile(r"(ZC\d{4}-\d{4,9})(?:#|＃|%(?:25)*23|&#35;|&#x23;|&num;)([A-Z2-7]{16})(?![A-Za-z0-9])")


def find_tokens(*texts: str) -> tuple[str, ...]:
    """Case references (`ZC2026-0001`) in order of appearance, each once, at most MAX_TOKENS."""
    found = dict.fromkeys(token for text in texts if "ZC" in text for token in _TOKEN.findall(text))
    return tuple(found)[:MAX_TOKENS]


def find_secrets(text: str) -> tuple[SecretSeen, ...]:
    """Secrets that the person sent: those in the fresh text, each once."""
    return tuple(SecretSeen(*found) for found in dict.fromkeys(_SECRET.findall(text))) if "ZC" in text else ()


def find_leaked(texts: Iterable[str], used: tuple[SecretSeen, ...]) -> tuple[SecretSeen, ...]:
    """Secrets anywhere else, also in links: to be burnt, for whoever got this mail could use them."""
    found = dict.fromkeys(pair for text in texts if "ZC" in text for pair in _LEAKED.findall(text))
    return tuple(seen for pair in found if (seen := SecretSeen(*pair)) not in used)


def hide_secrets(text: str) -> str:
    """`text` with every secret gone; the case number before it stays. For whatever is stored or shown."""
    return _LEAKED.sub(r"\1", text) if "ZC" in text else text
