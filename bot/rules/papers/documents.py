"""Which documents a case owes and has: known by their names; what claims to be a scan also by its bytes (R15, R20-R26).

The signed form is a scan, a photo or a PDF: a Word file can be filled in by anybody and signed by nobody. A form of our
own that came back as it went out (quoted, forwarded, only opened) is no document at all.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

from bot.rules.case import Case, Document
from bot.rules.kinds import is_proposal
from bot.rules.mail import Attachment, Mail
from bot.rules.policy import Policy
from bot.rules.threading import subject_key
from bot.rules.words import Stage

FORM = "服务单"
STAND_IN = "客户验收单"
"""The customer's own form: it may stand in for the 服务单, and lies behind it (R20)."""
UNSIGNED = "服务单（未签字）"
"""The label of a form that came filled in but as no scan: filed, and never taken for the signed one."""

FILED = frozenset({Stage.CLOSED, Stage.ARCHIVED, Stage.SETTLED})
"""Stages at which a case has its folder in the archive; what comes later is filed there too."""

_SCANS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".webp", ".tif", ".tiff", ".bmp", ".pdf", ".gif", ".ofd"})
_EDITABLE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"<")
"""How files begin that hold no signature, whatever they are called: Office old and new, archives, text with tags."""


def collect_documents(policy: Policy, mail: Mail, received_at: datetime, *, completing: bool) -> tuple[Document, ...]:
    """The mail's attachments as documents of the case; pictures shown inside the text (logos) are left out.

    `completing`: on a completion mail a scan, photo or pdf without a telling name is taken for the signed form (R21).
    """
    return tuple(
        Document(
            name=a.name,
            label=label_document(policy, a, completing=completing),
            sha256=a.sha256,
            size=len(a.content),
            content_type=a.content_type,
            mail=mail.message_id,
            sender=mail.sender.email,
            received_at=received_at,
        )
        for a in mail.attachments
        if not a.inline and not (a.own and a.own.blank)
    )


def label_document(policy: Policy, attachment: Attachment, *, completing: bool) -> str:
    """The R15 name, 服务单 or UNSIGNED that the file's name and bytes tell, "" when they tell none."""
    if attachment.own:
        return UNSIGNED if attachment.own.label == FORM else attachment.own.label
    name = subject_key(attachment.name)
    if any(subject_key(word) in name for word in policy.form_words):
        return FORM if is_scan(attachment) else UNSIGNED
    if any(subject_key(word) in name for word in policy.acceptance_words):
        return STAND_IN if is_scan(attachment) else UNSIGNED
    found = [label for label in policy.every_document if subject_key(label) in name]
    if found:
        return max(found, key=len)
    return FORM if completing and is_scan(attachment) else ""


def is_scan(attachment: Attachment) -> bool:
    """Whether the file may show a signature: a picture or a PDF by name or type, and by its bytes nothing else.

    Bytes that nobody knows are believed: companies' encryption hides what its programs write.
    """
    suffix, content = PurePosixPath(attachment.name.lower()).suffix, attachment.content
    named = suffix in _SCANS or attachment.content_type.startswith("image/") or _is_pdf(attachment)
    return named and bool(content) and (suffix == ".ofd" or not content.lstrip().startswith(_EDITABLE))


def _is_pdf(attachment: Attachment) -> bool:
    return attachment.content_type == "application/pdf" or attachment.content.startswith(b"%PDF-")


def required_documents(policy: Policy, case: Case) -> tuple[str, ...]:
    """What must be there to archive: the signed form, and what the director asked or else R15's list."""
    listed = case.documents_due or policy.documents_for(case.nature, proposal=is_proposal(case))
    return tuple(dict.fromkeys((FORM, *listed)))


def missing_documents(policy: Policy, case: Case, documents: Iterable[Document]) -> tuple[str, ...]:
    """Required labels that no document carries yet."""
    documents = tuple(documents)
    there = {document.label for document in documents}
    if is_proposal(case) and any("方案" in document.name for document in documents):
        there |= set(policy.documents_proposal)  # people call it 设计方案, 技术方案, …
    there |= {FORM} if STAND_IN in there else set()
    return tuple(label for label in required_documents(policy, case) if label not in there)


def in_order(documents: Iterable[Document]) -> tuple[Document, ...]:
    """As they are filed: the signed form first, the customer's own behind it, then the others as they came (R20)."""
    return tuple(sorted(documents, key=lambda d: {FORM: 0, STAND_IN: 1}.get(d.label, 2)))


def has_form(documents: Iterable[Document]) -> bool:
    """Whether the signed service form is among them, or the customer's own in its place (R20)."""
    return any(document.label in {FORM, STAND_IN} for document in documents)
