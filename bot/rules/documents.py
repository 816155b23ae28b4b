"""Which documents a case owes and has: recognised by their file names, never opened (R15, R20, R21, R26)."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

from bot.rules.case import Case, Document
from bot.rules.mail import Attachment, Mail
from bot.rules.policy import Policy
from bot.rules.threading import subject_key

FORM = "服务单"
_SCANS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".webp", ".tif", ".tiff", ".bmp", ".pdf"})


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
        if not a.inline
    )


def label_document(policy: Policy, attachment: Attachment, *, completing: bool) -> str:
    """The R15 name or 服务单 that the file's name tells, "" when it tells none."""
    name = subject_key(attachment.name)
    if any(subject_key(word) in name for word in policy.form_words):
        return FORM
    known = dict.fromkeys((*policy.documents_project, *policy.documents_non_project))
    found = [label for label in known if subject_key(label) in name]
    if found:
        return max(found, key=len)
    is_scan = PurePosixPath(attachment.name.lower()).suffix in _SCANS or attachment.content_type.startswith("image/")
    return FORM if completing and is_scan else ""


def required_documents(policy: Policy, case: Case) -> tuple[str, ...]:
    """What must be there to archive: the signed form, and what the director asked or else R15's list."""
    listed = case.documents_due or policy.documents_for(case.nature)
    return tuple(dict.fromkeys((FORM, *listed)))


def missing_documents(policy: Policy, case: Case, documents: Iterable[Document]) -> tuple[str, ...]:
    """Required labels that no document carries yet."""
    there = {document.label for document in documents}
    return tuple(label for label in required_documents(policy, case) if label not in there)


def has_form(documents: Iterable[Document]) -> bool:
    """Whether the signed service form is among them."""
    return any(document.label == FORM for document in documents)
