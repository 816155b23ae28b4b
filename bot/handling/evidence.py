"""What a mail in the bot's own name, or about its mails, is worth: only what fits a mail that the bot really sent."""

from datetime import datetime

from bot.parse.mail import parse_mail
from bot.rules.automatic import Learnt
from bot.rules.case import Case
from bot.rules.decision import Decision, Say, ignore
from bot.rules.mail import Mail
from bot.rules.notice import NoticeKind
from bot.rules.policy import Policy
from bot.rules.words import Fate, Kind, Proof
from bot.store.outbox_rows import OutboxLine
from bot.store.store import Tx

_COMPARED = 200  # characters of the text; servers add a footer, none rewrites the beginning


def sent_lines(tx: Tx, mail: Mail) -> tuple[OutboxLine, ...]:
    """The outgoing copies that `mail` names by our own header."""
    return tuple(line for own_id in mail.own_ids if (line := tx.outbox.by_own_id(own_id)))


def bounced_case(tx: Tx, mail: Mail) -> Case | None:
    """The case whose notice came back, by our own header in the returned part."""
    found = next((line.case_id for line in sent_lines(tx, mail) if line.case_id), 0)
    return tx.cases.get(found) if found else None


def written_to(tx: Tx, mail: Mail) -> frozenset[str]:
    """Of the addresses that a bounce reports, those we may believe it about.

    Either it gives back or answers a mail of ours to that address, or a host is vouched for that may know: our own, or
    the address's. Anybody can write a bounce; believing it would cut a person off.
    """
    if mail.proof.verdict is Proof.FAIL:
        return frozenset()
    lines = [*sent_lines(tx, mail)]
    for case_id in tx.cases.find_by_ids(mail.thread_ids):
        lines += tx.outbox.of_case(case_id)
    known = {address for line in lines for address in line.recipients}
    if mail.proof.verdict is Proof.PASS:
        host = mail.sender.email.rpartition("@")[2]
        own = {line.rpartition("@")[2] for line in (a.email for a in mail.to)}
        known |= {b.email for b in mail.bounced if host in own or host == b.email.rpartition("@")[2]}
    return frozenset(known)


def judge_own(tx: Tx, mail: Mail, policy: Policy, now: datetime) -> Learnt:
    """A mail from the bot's address with its header: our own copy, or somebody's who borrowed the name."""
    if sent_lines(tx, mail):
        return ignore("机器人自己的邮件"), ()
    why = "以机器人的名义发来，但编号不是机器人发出过的，不算证据"
    day = policy.hours.local(now).date().isoformat()
    text = f"收到一封以机器人地址 {mail.sender.email} 发来的邮件“{mail.subject.raw[:100]}”，不是机器人发出的，已忽略。"
    says = (Say(NoticeKind.OPERATOR, text=text, slot=f"borrowed:{mail.sender.email}:{day}"),)
    return Decision(why=why, fate=Fate.IGNORED, says=says), ()


def settle_own(tx: Tx, mail: Mail, now: datetime) -> None:
    """Our own copy came back: the send is proved, and the id under which the server delivered it is ours too (B5).

    The id is taken only from a true copy: whoever got a notice knows its header.
    """
    for line in sent_lines(tx, mail):
        tx.outbox.settle(line.own_id, now)
        if line.case_id and mail.message_id != line.message_id and _is_copy(tx, mail, line):
            tx.cases.remember_ids(line.case_id, (mail.message_id,))


def _is_copy(tx: Tx, mail: Mail, line: OutboxLine) -> bool:
    row = tx.outbox.get(line.id)
    if row is None:
        return False
    sent = parse_mail(row.raw, received_at=line.created_at)
    return sent.date == mail.date and _fold(sent.full_text)[:_COMPARED] in _fold(mail.full_text)


def _fold(text: str) -> str:
    return "".join(text.split())


def burn_seen(tx: Tx, mail: Mail, bot_addresses: frozenset[str]) -> None:
    """A secret in a mail that others than bot and sender got is worth nothing any more.

    Quoted or fresh, in a person's mail or a list's; in our own copies and what bounces give back it stands by right.
    """
    if mail.kind in {Kind.OWN, Kind.BOUNCE}:
        return
    others = {a.email for a in (*mail.to, *mail.cc)} - bot_addresses - {mail.sender.email}
    for seen in (*mail.secrets, *mail.leaked_secrets) if others else ():
        tx.secrets.burn_leaked(seen.secret)
        tx.report_secrets.burn_leaked(seen.secret)
