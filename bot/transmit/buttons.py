"""One-tap answers: `mailto:` links whose mail says the answer and carries the secret (R10, design.md part 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from bot.rules.notice import Button
from bot.transmit.headers import clean_value

MAX_SUBJECT_IN_LINK = 60  # characters; Windows hands Outlook at most about 2,000 octets of a link


@dataclass(frozen=True, slots=True)
class Tap:
    """A button ready to be shown: `href` goes into a link, `says` and `token_line` the same by hand."""

    label: str
    style: str
    href: str
    says: str
    token_line: str


def make_taps(buttons: Iterable[Button], *, to: str, subject: str, ref: str, secret: str) -> tuple[Tap, ...]:
    """The buttons as links to the mailbox `to`; a button that needs a secret and has none raises ValueError."""
    return tuple(_make_tap(button, to, subject, ref, secret) for button in buttons)


def _make_tap(button: Button, to: str, subject: str, ref: str, secret: str) -> Tap:
    if button.secret and not (ref and secret):
        raise ValueError(f"button {button.label!r} carries a secret, but the notice has none")
    says = clean_value(button.says)
    token_line = _token_line(ref, secret if button.secret else "")
    body = f"{says}\r\n\r\n{token_line}\r\n" if token_line else f"{says}\r\n"
    short = clean_value(subject)[:MAX_SUBJECT_IN_LINK]
    href = f"mailto:{quote(to, safe='@')}?subject={quote(short, safe='')}&body={quote(body, safe='')}"
    return Tap(clean_value(button.label), button.style, href, says, token_line)


def _token_line(ref: str, secret: str) -> str:
    # The link opens a fresh mail without In-Reply-To, so the case is named even where nothing is to be proved.
    if not ref:
        return ""
    return f"（请勿改动此行）[{ref}#{secret}]" if secret else f"（请勿改动此行）[{ref}]"
