"""What a target starts from: the project's own mails and replies, cut to what each reader takes."""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from itertools import chain
from pathlib import Path

from bot.parse.mail import parse_mail
from bot.parse.score import read_reply_rows
from bot.rules.words import ReplyStage, Role
from tests.fuzz.targets import HOST, RECEIVED

TESTS = Path(__file__).parent.parent
TODAY = (400).to_bytes(2, "big")
_WORD = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){1,4}|[A-Za-z][A-Za-z-]{2,20}[:=]?|[\xe2\xe3\xef][\x80-\xbf]{2}")
_MOST_WORDS = 1_000

SUBJECTS = (
    "技术支持申请--欧莱雅--CITRIX安装--ZGH—0919",
    "回复: [外部邮件] 技術支援申請 - 欧莱雅 - CITRIX安装（二期） - 张国华 - 2026年9月19日上午",
    "【紧急】技术支持申请——客户：7-11——项目：Coca-Cola AD升级——销售：ZGH——9.19-9.21，谢谢",
    "Fw: 技术支待申请_欧莱雅_CITRIX安装_ZGH_明天下午",
    "技术支持申请--欧莱雅--ZGH--0919--CITRIX安装",
)
RESULTS = (
    "{host}; dmarc=pass (p=none) header.from=xinhai.example",
    "{host}; spf=pass smtp.mailfrom=zgh@xinhai.example; dkim=fail header.d=xinhai.example header.i=@xinhai.example",
    "{host} 1; dkim=pass (2048-bit key) header.d=mail.xinhai.example header.s=s1; auth=pass smtp.auth=zgh",
    'other.example; dmarc=pass header.from="xinhai.example"',
    "{host}; none",
)


def make_seeds(name: str) -> list[bytes]:
    """The seeds called `name` (`Target.seeds`)."""
    return list(_KINDS[name]())


def make_words(seeds: list[bytes]) -> list[bytes]:
    """The words of the seeds, so that a mutation need not spell Chinese byte by byte."""
    return list(dict.fromkeys(word for seed in seeds for word in _WORD.findall(seed)))[:_MOST_WORDS]


def _mails() -> Iterator[bytes]:
    for path in sorted((TESTS / "mails").glob("*.eml")):
        yield path.read_bytes()


def _subjects() -> Iterator[bytes]:
    written = (parse_mail(raw, received_at=RECEIVED).subject.raw for raw in _mails())
    yield from (TODAY + subject.encode() for subject in chain(SUBJECTS, written))


def _texts() -> Iterator[bytes]:
    for raw in _mails():
        mail = parse_mail(raw, received_at=RECEIVED)
        yield b"\0" + mail.full_text.encode()
        yield b"\1" + mail.full_html.encode()


def _replies() -> Iterator[bytes]:
    rows, _ = read_reply_rows((TESTS / "parse" / "replies.tsv").read_text(encoding="utf-8"))
    roles, stages = list(Role), list(ReplyStage)
    for row in rows:
        yield bytes((roles.index(row.role), stages.index(row.stage))) + row.text.encode()


def _requests() -> Iterator[bytes]:
    yield from (TODAY + parse_mail(raw, received_at=RECEIVED).fresh_text.encode() for raw in _mails())
    yield from (TODAY + reply[2:] for reply in list(_replies())[::5])


def _headers() -> Iterator[bytes]:
    for raw in _mails():
        for _, value in message_from_bytes(raw).raw_items():
            yield b"gb2312\n" + str(value).encode("utf-8", "surrogateescape")


def _results() -> Iterator[bytes]:
    for first in RESULTS:
        for second in RESULTS:
            lines = "".join(f"Authentication-Results: {one.format(host=HOST)}\n" for one in (first, second))
            yield f"{lines}Received: from a by b\nFrom: 张国华 <zgh@xinhai.example>\n\n".encode()


_KINDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "mails": _mails,
    "subjects": _subjects,
    "texts": _texts,
    "replies": _replies,
    "requests": _requests,
    "headers": _headers,
    "results": _results,
}
