"""`explain`: what the bot would make of a mail and why, without touching anything; works without a configuration."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.commands.output import complain, print_json, print_table, stdout
from bot.config import Config
from bot.parse.assignment import read_assignment
from bot.parse.fields import read_fields
from bot.parse.mail import parse_mail
from bot.parse.meaning import read_meaning
from bot.parse.prose_fields import add_prose
from bot.parse.score import read_reply_rows, render_confusion, score_replies
from bot.parse.token_lines import drop_token_lines
from bot.parse.tokens import hide_secrets
from bot.rules.automatic import decide_automatic
from bot.rules.deciding import Desk
from bot.rules.mail import Assignment, Envelope, Mail, Meaning, Reading, RequestFields
from bot.rules.opening import decide_new
from bot.rules.parts import main_role
from bot.rules.words import Intent, Kind, Proof, ReplyStage, Role

_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


def explain_files(
    config: Config, paths: Sequence[Path], role: Role | None, stage: ReplyStage | None, *, as_json: bool
) -> int:
    """One explanation per mail file; folders are walked. Exit code 1 when a file cannot be read."""
    failed = False
    for path in _walk(paths):
        found = _explain_file(config, path, role, stage)
        failed = failed or bool(found["error"])
        if as_json:
            print_json(found)
        else:
            _print_explanation(found)
    return 1 if failed else 0


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file())
        else:
            yield path


def _explain_file(config: Config, path: Path, role: Role | None, stage: ReplyStage | None) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _nothing(path, f"cannot be read: {error.strerror}; check the path and its rights")
    return explain_mail(config, raw, path, role, stage)


def explain_mail(config: Config, raw: bytes, path: Path, role: Role | None, stage: ReplyStage | None) -> dict[str, Any]:
    """The explanation of one mail's bytes, as `--json` prints it; `path` only names it. Never raises."""
    bots = config.company().bot_addresses
    mail = _parse(config, raw, bots)
    if not bots and mail.kind is Kind.AUTO_REPLY and mail.sender.email:
        # Without a configuration nobody knows the bot's address: its own header has to do.
        as_own = _parse(config, raw, frozenset({mail.sender.email}))
        mail = as_own if as_own.kind is Kind.OWN else mail
    return _explain(config, path, mail, role, stage)


def _parse(config: Config, raw: bytes, bots: frozenset[str]) -> Mail:
    return parse_mail(
        raw,
        received_at=_UNDATED,
        trust_date=True,  # a file has no receipt time: its Date stands in
        authserv_id=next((a.authserv_id for a in config.accounts if a.authserv_id), ""),
        bot_addresses=bots,
    )


def _nothing(path: Path, error: str) -> dict[str, Any]:
    keys = ("kind", "sender", "proof", "subject", "fresh_text", "intent", "fields", "attachments", "action")
    return {"file": str(path), **dict.fromkeys(keys), "error": error}


def _explain(config: Config, path: Path, mail: Mail, role: Role | None, stage: ReplyStage | None) -> dict[str, Any]:
    reading = _read(config, mail, role, stage)
    subject, assignment = mail.subject, reading.assignment
    return {
        "file": str(path),
        "kind": mail.kind.value,
        "kind_why": mail.kind_why,
        "sender": mail.sender.email,
        "sender_name": mail.sender.name,
        "proof": mail.proof.verdict.value,
        "proof_why": mail.proof.why,
        "subject": {
            "raw": subject.raw,
            "is_request": subject.is_request,
            "fits": subject.fits,
            "repaired": list(subject.repaired),
            "customer": subject.customer,
            "project": subject.project,
            "sales": subject.sales,
            "date": subject.date.isoformat() if subject.date else None,
            "problems": list(subject.problems),
            "suggestion": subject.suggestion,
        },
        "fresh_text": hide_secrets(mail.fresh_text),
        "intent": reading.meaning.intent.value,
        "intent_why": reading.meaning.why,
        "fields": dict(reading.fields.values),
        "missing_fields": list(reading.fields.missing),
        "assignment": _assignment(config, assignment),
        "attachments": [
            {name: getattr(a, name) for name in ("name", "content_type", "sha256", "inline")} | {"size": len(a.content)}
            for a in mail.attachments
        ],
        "action": _action(config, mail, reading),
        "notes": list(mail.lines),
        "error": mail.kind_why if mail.kind is Kind.UNREADABLE else None,
    }


def _read(config: Config, mail: Mail, role: Role | None, stage: ReplyStage | None) -> Reading:
    received = mail.date or _UNDATED
    envelope = Envelope("file", "", 0, 0, received)
    if mail.kind is not Kind.HUMAN:
        intent = Intent.OUT_OF_OFFICE if mail.kind is Kind.AUTO_REPLY else Intent.NONE
        return Reading(mail, envelope, Meaning(intent, mail.kind_why))
    person = config.company().find(mail.sender.email)
    as_role = role or (main_role(person) if person else Role.DIRECTOR)
    at_stage = stage or (ReplyStage.EXECUTION if as_role is Role.ENGINEER else ReplyStage.APPLICATION)
    day = received.astimezone(config.zone).date()
    opens = mail.subject.is_request and not mail.subject.is_reply
    words = drop_token_lines(mail.fresh_text)
    meaning = read_meaning(words, as_role, at_stage)
    if opens and as_role is not Role.ENGINEER and meaning.intent is not Intent.WITHDRAW:
        meaning = Meaning(Intent.NONE, "申请邮件，不是答复")
    assignment = read_assignment(words, day, config.company().known_names) if not opens else Assignment()
    fields = add_prose(read_fields(words), words, day) if opens else RequestFields()
    return Reading(mail, envelope, meaning, assignment, fields)


def _assignment(config: Config, said: Assignment) -> dict[str, Any]:
    return {
        "engineers": [_full_name(config, name) for name in said.engineers],
        "on": said.on.isoformat() if said.on else None,
        "until": said.until.isoformat() if said.until else None,
        "days": str(said.days) if said.days is not None else None,
        "nature": said.nature.value if said.nature else None,
        "mode": said.mode,
        "documents": list(said.documents),
        "delegate": _full_name(config, said.delegate),
        "problems": list(said.problems),
    }


def _full_name(config: Config, written: str) -> str:
    """李工 as the one person it can be; as written when nobody or several are called so."""
    company = config.company()
    named = company.find_named(written, {Role.ENGINEER}) or company.find_named(written) if written else ()
    return named[0].name if len(named) == 1 else written


def _action(config: Config, mail: Mail, reading: Reading) -> str:
    """What the bot would do with it as the first mail it ever saw; a reply's effect depends on its case."""
    desk = Desk(config.policy(), reading.envelope.received_at, mail.proof.verdict)
    sender = config.company().find(mail.sender.email)
    if mail.kind is Kind.UNREADABLE:
        return "quarantine"
    if mail.kind is not Kind.HUMAN:
        decision, _ = decide_automatic(mail, None, sender, desk)
        return f"{decision.fate.value}: {decision.why}"
    if mail.subject.is_reply or not mail.subject.is_request:
        return f"reply: {reading.meaning.intent.value}{_ifs(config, mail)}"
    if not config.company().people:
        return "register" if mail.subject.fits else "ask: " + "；".join(mail.subject.problems)
    decision = decide_new(replace(reading, fields=reading.fields), sender, desk)
    return f"{decision.fate.value}: {decision.why}"


def _ifs(config: Config, mail: Mail) -> str:
    """What a decision by this mail would still need (design.md part 2)."""
    if config.company().people and config.company().find(mail.sender.email) is None:
        return " (decides nothing: the address is not registered)"
    if mail.proof.verdict is Proof.PASS or not config.accounts:
        return ""
    return f" (a decision would be asked back: {mail.proof.why})"


def _print_explanation(found: dict[str, Any]) -> None:
    stdout.print(found["file"], style="bold", markup=False)
    if found["error"]:
        complain([f"{found['file']}: {found['error']}"])
        if found["kind"] is None:
            return
    subject = found["subject"]
    print_table(
        ("", ""),
        [
            ("kind", f"{found['kind']} ({found['kind_why']})"),
            ("sender", found["sender"]),
            ("proof", f"{found['proof']} ({found['proof_why']})"),
            ("subject", subject["raw"]),
            *((key, subject[key]) for key in ("customer", "project", "sales", "date") if subject[key]),
            *(("repaired", line) for line in subject["repaired"]),
            *(("problem", line) for line in subject["problems"]),
            ("fresh text", found["fresh_text"]),
            ("intent", f"{found['intent']} ({found['intent_why']})"),
            *(found["fields"].items()),
            *((key, value) for key, value in found["assignment"].items() if value),
            *(("attachment", f"{a['name']} ({a['size']} bytes)") for a in found["attachments"]),
            ("action", found["action"]),
        ],
    )


def explain_replies(path: Path) -> int:
    """The rows with the meaning appended on stdout; score and confusion table on stderr when one is expected."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        complain([f"{path}: {error}; a UTF-8 file with rows role<TAB>stage<TAB>text is needed"])
        return 1
    rows, bad = read_reply_rows(text)
    lines = text.split("\n")
    for row in rows:
        meaning = read_meaning(row.text, row.role, row.stage)
        sys.stdout.write(f"{lines[row.line - 1].rstrip(chr(13))}\t{meaning.intent.value}\n")
    complain(f"{path}:{row.line}: {row.problem}" for row in bad)
    if any(row.expected for row in rows):
        complain([render_confusion(score_replies(rows))])
    return 1 if bad else 0
