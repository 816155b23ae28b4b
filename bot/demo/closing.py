"""The end of the story: the archive, the proof that nothing was lost, and what to type next."""

import shutil
import sys
from pathlib import Path

from bot.demo.acts import FIRST
from bot.demo.cast import BOT, CHEN
from bot.demo.tell import Teller
from bot.demo.wording import stage_name
from bot.demo.world import StoryBroken, World
from bot.rules.saying import IN_THREAD
from bot.store.outbox_tables import OutboxStatus

MOST_IN_THREAD = 5
"""R46: what a smooth request may cost the thread."""


def tell_end(world: World, teller: Teller) -> int:
    """Tell archive, cases, audit and next steps; exit code. StoryBroken when the audit finds anything."""
    teller.plain("\n  What lies in the archive, with a manifest of every file's sha256 and mail", "bold")
    for line in draw_tree(world.folder / "archive"):
        teller.plain(f"  {line}")
    _tell_cases(world, teller)
    _tell_audit(world, teller)
    _tell_next(world, teller)
    return 0


def draw_tree(folder: Path, lead: str = "") -> list[str]:
    """The folder as lines of a tree, names in order."""
    children = sorted(folder.iterdir()) if folder.is_dir() else []
    lines = []
    for number, child in enumerate(children, start=1):
        last = number == len(children)
        mails = len(list(child.glob("*.eml"))) if child.is_dir() else 0
        lines.append(f"{lead}{'└─ ' if last else '├─ '}{child.name}{f'  ({mails} mails)' if mails else ''}")
        lines += draw_tree(child, f"{lead}{'   ' if last else '│  '}") if child.is_dir() and not mails else []
    return lines


def _tell_cases(world: World, teller: Teller) -> None:
    teller.plain("\n  The cases", "bold")
    with world.house.store.reading() as tx:
        cases = tx.cases.list()
        in_thread = {c.ref: len({o.notice_key for o in tx.outbox.of_case(c.id) if o.kind in IN_THREAD}) for c in cases}
    for case in cases:
        how = "silence counted" if case.tacit else "accepted by sales"
        teller.plain(f"  {case.ref}  {stage_name(case.stage)}  {case.customer} {case.project}")
        teller.plain(f"      {how}, {case.settled_days} 人天, {in_thread[case.ref]} bot mails in its thread")
    if in_thread[FIRST] > MOST_IN_THREAD:
        raise StoryBroken(f"{FIRST} cost {in_thread[FIRST]} mails in the thread, more than {MOST_IN_THREAD} (R46)")


def _tell_audit(world: World, teller: Teller) -> None:
    """Every mail in the bot's mailbox has one fate, and the history was not touched."""
    with world.house.store.reading() as tx:
        counts, chain, raw = tx.audit.counts(), tx.history.verify(), tx.audit.raw_faults()
        entries = sum(len(tx.history.of(case.id)) for case in tx.cases.list())
        sent = len(tx.outbox.list(OutboxStatus.SENT))
        stuck = len(tx.outbox.list()) - sent
    lying = len(world.hub.inbox(BOT))
    people = [d for d in world.book.deliveries if d.sender != BOT]
    if chain or raw or stuck or (counts.mails, counts.acted, counts.ignored) != (lying, len(people), sent):
        found = f"{lying} mails lie there, {counts}, {sent} sent, {stuck} stuck, {len(chain)} broken chains"
        raise StoryBroken(f"the audit is not clean: {found}")
    teller.plain("\n  The audit", "bold")
    teller.plain(f"  {lying} mails in the bot's mailbox, none without a fate: {counts.acted} from people acted on,")
    teller.plain(f"  {counts.ignored} copies of its own; each of them went out exactly once")
    teller.plain(f"  {entries} lines of history, hash chain verified")


def _tell_next(world: World, teller: Teller) -> None:
    config, program = world.folder / "config.toml", _program()
    forged = world.book.find(lambda d: d.sender == CHEN.email and b"dmarc=fail" in d.raw)
    teller.plain("\n  Next", "bold")
    teller.plain(f"  open {world.book.index} in a browser: every mail as it was seen")
    words = ("list", f"show {FIRST}", "report weekly --week 2026-W41", f"explain {forged}")
    for command in (f"{word} -c {config}" for word in words):
        teller.plain(f"  {program} {command}")
    teller.plain("  README.md, “Going live”: from here to your own mailbox")
    teller.plain()


def _program() -> str:
    """The command as the user typed it, so that the lines can be copied."""
    typed = Path(sys.argv[0])
    return str(typed) if typed.name == "zhichi" and shutil.which("zhichi") != str(typed) else "zhichi"
