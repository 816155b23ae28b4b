"""Words a notice and builds its envelope copies: bytes and ids are fixed before they are stored.

All copies have the same headers, so that everybody stays in one thread; a person with something personal in the notice
gets a copy of their own, and nobody else's copy holds their buttons (design.md part 2).
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from bot.rules.mail import Address, Attachment
from bot.rules.notice import Notice, Outgoing, Personal
from bot.transmit import headers
from bot.transmit.attach import find_pictures, write_part
from bot.transmit.buttons import make_taps
from bot.transmit.headers import Folded
from bot.transmit.quote import Parent, quote_parent
from bot.transmit.templates import Kept, Templates
from bot.transmit.view import BotIdentity, View
from bot.transmit.wire import multipart, text_part, write_fields

__all__ = ["BotIdentity", "Composer", "Parent"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all copies of a notice have in common."""

    view: View
    subject: str
    message_id: str
    head: bytes  # the fields, on the wire
    parts: Mapping[Attachment, bytes]  # each file written once, however many copies carry it
    pictures: tuple[bytes, ...]
    # Pieces of text and of HTML, made by the copy without anything personal, and what each is on the wire.
    kept: Mapping[str, Kept] = field(default_factory=lambda: {"plain": {}, "html": {}})
    encoded: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rendition:
    """What one copy differs in: the personal part, and the files that its receivers get."""

    personal: Personal | None
    files: tuple[Attachment, ...]


class Composer:
    """Turns notices into finished mails with the templates of `templates_dirs` (a company's own folder first)."""

    def __init__(
        self, templates_dirs: tuple[Path, ...], bot: BotIdentity, new_id: Callable[[], str] = lambda: uuid4().hex
    ) -> None:
        self._templates = Templates(templates_dirs)
        self._bot = bot
        self.sender = Address(bot.address, bot.name)
        self._new_id = new_id
        self._from = Folded(headers.format_address(bot.address, headers.clean_value(bot.name)))

    def compose(
        self,
        notice: Notice,
        parent: Parent | None,
        now: datetime,
        account: str,
        not_before: datetime | None = None,
        *,
        self_copy_to: str | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> tuple[Outgoing, ...]:
        """One Outgoing per distinct rendition; () when no address of `notice` can be written to.

        `parent` is the mail answered (R45); `now`, aware, becomes the Date. `self_copy_to` joins each envelope, never
        the headers: the copy that proves a send. Copy 0 is the shared one if there is any. Raises TemplateError, and
        ValueError for a naive `now` or a button without its secret.
        """
        to = headers.usable_addresses(notice.to, leave_out=[self._bot.address])
        cc = headers.usable_addresses(notice.cc, leave_out=[self._bot.address, *(a.email for a in to)])
        groups = _group_by_rendition(notice, [a.email for a in (*to, *cc)], attachments)
        if not groups:
            return ()
        shared = self._share(notice, parent, now, (to, cc) if to else (cc, ()), attachments)
        extra = (self_copy_to.strip().lower(),) if self_copy_to else ()
        copies = []
        for number, (rendition, recipients) in enumerate(groups):
            own_id = self._new_id()
            copies.append(
                Outgoing(
                    notice_key=notice.key,
                    copy=number,
                    kind=notice.kind,
                    account=account,
                    case_id=notice.case_id,
                    message_id=shared.message_id,
                    own_id=own_id,
                    subject=shared.subject,
                    recipients=tuple(dict.fromkeys((*recipients, *extra))),
                    raw=self._build(shared, rendition, own_id),
                    not_before=not_before,
                )
            )
        return tuple(copies)

    def _share(
        self,
        notice: Notice,
        parent: Parent | None,
        now: datetime,
        people: tuple[Sequence[Address], Sequence[Address]],
        attachments: Sequence[Attachment],
    ) -> _Shared:
        view = View(notice, self._bot, pictures=find_pictures(attachments))
        subject = self._subject(view)
        if parent is not None:
            view = replace(view, quote=quote_parent(parent))
        ref = re.sub(r"[^A-Za-z0-9-]", "", notice.ref)
        message_id = f"zhichi.{ref or 'x'}.{self._new_id()}@{self._bot.domain}"
        to, cc = people
        fields = [
            ("Date", headers.encode_date(now)),
            ("From", self._from),
            ("To", headers.encode_addresses(to)),
            *([("Cc", headers.encode_addresses(cc))] if cc else []),
            ("Subject", headers.encode_text(subject, "Subject")),
            ("Message-ID", Folded(f"<{message_id}>")),
            *_thread_fields(parent),
            ("Auto-Submitted", Folded("auto-generated")),  # R47, RFC 3834
            ("X-Auto-Response-Suppress", Folded("All")),
            *([("X-Zhichi-Case", Folded(ref))] if ref else []),
        ]
        parts = {file: write_part(file) for file in attachments}
        return _Shared(
            view=view,
            subject=subject,
            message_id=message_id,
            head=write_fields(fields),
            parts=parts,
            pictures=tuple(part for file, part in parts.items() if file.inline),
        )

    def _subject(self, view: View) -> str:
        notice = view.notice
        if notice.case_subject.strip() and (notice.in_thread or notice.reply_to_mail):
            return headers.reply_subject(notice.case_subject)
        return headers.clean_value(self._templates.render(notice.kind, "subject.txt", view))

    def _build(self, shared: _Shared, rendition: _Rendition, own_id: str) -> bytes:
        personal, files = rendition.personal, rendition.files
        view = shared.view if personal is None else self._personalise(shared, personal)
        text = self._write(shared, view, "plain", "body.txt", personal)
        page = self._write(shared, view, "html", "body.html", personal)
        if shared.pictures:
            page = multipart("related", f"=_zhichi_{own_id}_r", (page, *shared.pictures))
        invitations = (shared.parts[f] for f in files if f.alternative)
        forms, boundary = (text, page, *invitations), f"=_zhichi_{own_id}_a"
        hung = [shared.parts[f] for f in files if not (f.alternative or f.inline)]
        head = shared.head + write_fields([("X-Zhichi-Id", Folded(own_id))])
        if not hung:
            return multipart("alternative", boundary, forms, head)
        body = multipart("alternative", boundary, forms)
        return multipart("mixed", f"=_zhichi_{own_id}_m", (body, *hung), head)

    def _write(self, shared: _Shared, view: View, subtype: str, part: str, personal: Personal | None) -> bytes:
        """One form of the text; what the copies share is cleaned and encoded once."""
        ours = shared.kept[subtype]
        # A personal copy takes pieces and leaves none: whatever a template does, nobody's secret gets into another's.
        pieces = self._templates.render_pieces(view.notice.kind, part, view, ours if personal is None else dict(ours))
        if personal is None:
            shared.encoded.update({piece: _encode(piece) for piece in ours.values() if piece not in shared.encoded})
        return text_part(_join(pieces, shared.encoded), subtype)

    def _personalise(self, shared: _Shared, personal: Personal) -> View:
        taps = make_taps(
            personal.buttons,
            to=self._bot.address,
            subject=headers.reply_subject(shared.subject),
            ref=shared.view.notice.ref,
            secret=personal.secret,
        )
        token_line = max((tap.token_line for tap in taps), key=len, default="")
        answers = tuple(tap.says for tap in taps if tap.answers)
        return replace(shared.view, ask=personal.ask, taps=taps, answers=answers, token_line=token_line)


def _group_by_rendition(
    notice: Notice, emails: Sequence[str], files: Sequence[Attachment]
) -> list[tuple[_Rendition, tuple[str, ...]]]:
    """Who gets the same bytes; those with nothing of their own come first, as copy 0."""
    personal = {headers.wire_address(email): value for email, value in notice.personal.items()}
    personal = {email: value for email, value in personal.items() if value.ask.strip() or value.buttons}
    for email in personal.keys() - set(emails):
        _log.warning("notice %s has something personal for %s, who is not written to", notice.key, email)
    wanted = [({headers.wire_address(a) for a in file.only_for}, file) for file in files]
    shared: dict[tuple[Attachment, ...], list[str]] = {}
    own = []
    for email in emails:
        theirs = tuple(file for only_for, file in wanted if not only_for or email in only_for)
        if email in personal:
            own.append((_Rendition(personal[email], theirs), (email,)))
        else:
            shared.setdefault(theirs, []).append(email)
    groups = sorted(shared.items(), key=lambda group: len(group[0]))
    return [*((_Rendition(None, theirs), tuple(people)) for theirs, people in groups), *own]


def _thread_fields(parent: Parent | None) -> tuple[tuple[str, Folded], ...]:
    found = headers.encode_references(parent.message_id, parent.references) if parent else None
    return (("In-Reply-To", found[0]), ("References", found[1])) if found else ()


def _join(pieces: Iterable[str], encoded: Mapping[str, bytes]) -> bytes:
    """`pieces` as lines on the wire, no empty one first or last."""
    joined: list[bytes] = []
    own: list[str] = []
    for piece in pieces:
        if piece not in encoded:
            own.append(piece)
            continue
        if own:
            joined.append(_encode("".join(own)))
            own = []
        joined.append(encoded[piece])
    joined.append(_encode("".join(own)))
    return b"".join(joined).strip(b"\r\n") + b"\r\n"


def _encode(text: str) -> bytes:
    return headers.clean_text(text).replace("\n", "\r\n").encode()
