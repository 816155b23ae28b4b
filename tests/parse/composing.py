"""Raw mails for the tests of the structural half of reading."""

from datetime import datetime, timedelta, timezone

from bot.parse.mail import parse_mail
from bot.rules.mail import Mail

SHANGHAI = timezone(timedelta(hours=8))
RECEIVED_AT = datetime(2026, 9, 24, 10, 0, tzinfo=SHANGHAI)
BOT = "zhichi@corp.example"
AUTHSERV = "mx.corp.example"


def compose(body: str | bytes = "同意", charset: str = "utf-8", **headers: str | list[str]) -> bytes:
    """A raw mail: usual headers, overridden or added by `headers` (`_` stands for `-`; a list repeats the line)."""
    lines: dict[str, str | list[str]] = {
        "From": "王总 <wang@corp.example>",
        "To": BOT,
        "Subject": "回复: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0924",
        "Date": "Thu, 24 Sep 2026 09:59:00 +0800",
        "Message-ID": "<1@corp.example>",
        "Content-Type": f"text/plain; charset={charset}",
    }
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(
        f"{name}: {value}\r\n"
        for name, values in lines.items()
        for value in (values if isinstance(values, list) else [values])
        if value is not None
    )
    return head.encode() + b"\r\n" + (body if isinstance(body, bytes) else body.encode(charset))


def multipart(*parts: tuple[str, str | bytes], boundary: str = "=_b") -> bytes:
    """A multipart body; each part is (its header lines, its content)."""
    chunks = [
        f"--{boundary}\r\n{head}\r\n\r\n".encode()
        + (content.encode() if isinstance(content, str) else content)
        + b"\r\n"
        for head, content in parts
    ]
    return b"".join([*chunks, f"--{boundary}--\r\n".encode()])


def read(raw: bytes) -> Mail:
    """`raw` as the bot reads it, with the bot's address known and no trusted host."""
    return parse_mail(raw, received_at=RECEIVED_AT, bot_addresses=frozenset({BOT}))
