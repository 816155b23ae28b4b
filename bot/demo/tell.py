"""Tells the story on a terminal: readable at 80 columns and without colour. Its facts come from bot.demo.facts."""

from collections.abc import Iterable
from datetime import date, datetime

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.demo.cast import BOT, CAST, call
from bot.demo.facts import Facts, Posted
from bot.demo.lines import wrap
from bot.demo.wording import ANSWERS, AWAITED, MORNING, NOTICES, day_name, moment, stage_name
from bot.rules.case import Deadline, DeadlineKind, HistoryEntry
from bot.rules.times.hours import OfficeHours

WIDTH = 80
_GUTTER = 11
_TOKEN_LINE = "（请勿改动此行）"  # noqa: S105  # how the line with the secret begins; it is not shown
_MOST_QUOTED = 56


class Teller:
    """Prints the story."""

    def __init__(self, console: Console, hours: OfficeHours) -> None:
        self._console = console
        self._hours = hours
        self._scene = 0

    def open(self) -> None:
        """Title, what this is, and the cast."""
        self.plain()
        self.plain("  Zhichi 支持: technical support by e-mail alone", "bold")
        self.plain()
        self.paragraph(
            "Sales ask for an engineer, the director decides, the engineer reports, sales accept, the director "
            "closes: all by mail, in Chinese, from whatever client people have. Zhichi reads along. It registers, "
            "reminds, asks back and files, and it never takes a guess for an approval."
        )
        self.plain()
        self.paragraph(
            "What follows is the real bot on real IMAP and SMTP servers inside this command. Only the clock is moved, "
            "over two and a half weeks around China's National Day. Whatever is told is first read from its database "
            "and from the mails; if the bot did otherwise, the story would stop here with an error."
        )
        self.plain()
        people = [(f"{m.called} {m.name}", m.part) for m in CAST] + [("Zhichi 支持机器人", BOT)]
        half = (len(people) + 1) // 2
        for left, right in zip(people[:half], people[half:], strict=True):
            row = zip((*left, *right), (14, 20, 19, 22), strict=True)
            self.plain("  " + "".join(_pad(word, cells) for word, cells in row).rstrip())

    def scene(self, at: datetime, title: str, lead: str) -> None:
        """A heading with date, time and what sort of day it is, then what people do."""
        self._scene += 1
        self.plain()
        self.plain(f"{self._scene:2}  {title}", "bold")
        self.plain(f"    {moment(at)}{self._sort_of_day(at.date())}", "bold cyan")
        if lead:
            self.paragraph(lead, indent=4)

    def wrote(self, letter_of: str, subject: str, text: str, gloss: str, files: Iterable[str] = ()) -> None:
        """A person's mail: subject if it is new, what it says, what that means in English."""
        said = " ".join(text.split(_TOKEN_LINE)[0].split())
        said = said if len(said) <= _MOST_QUOTED else said[: _MOST_QUOTED - 1] + "…"
        lines = [subject] if subject else []
        lines += [f"“{said}”", *([f"({gloss})"] if gloss else [])]
        lines += [f"attached: {'、'.join(files)}"] if files else []
        self._row("mail in", Text.assemble((f"{letter_of}: ", "bold"), lines[0]), lines[1:])

    def happened(self, facts: Facts, shows: Iterable[str] = ()) -> None:
        """What the bot made of it: stages, deadlines with their reasons, mails sent, lines worth quoting."""
        for ref, entry in facts.moves:
            self._moved(ref, entry)
        for ref, entry in facts.entries:
            if entry.event in ANSWERS:
                self._row(ANSWERS[entry.event], Text(f"{ref}: {entry.why}"))
        for ref, deadline in facts.armed:
            self._armed(ref, deadline)
        for notice in facts.notices:
            if notice.kind not in MORNING:
                self._sent(notice, [line for words in shows if (line := notice.find(words))])
        for kind, people in facts.receivers():
            if kind in MORNING:
                names = ", ".join(call(a) for a in people)
                self._row("mail out", Text.assemble((NOTICES[kind], "bold"), f" to {names}"))
        if not facts.notices:
            self._row("mail out", Text("none"))

    def meanwhile(self, passing: Iterable[tuple[datetime, Facts]]) -> None:
        """What the clock alone brought about between two scenes, one line for each sort of notice."""
        lines = [
            f"    {moment(at)}  {NOTICES[kind]} to {', '.join(call(a) for a in people)}"
            for at, facts in passing
            for kind, people in facts.receivers()
        ]
        if lines:
            self.plain("\n" + "\n".join(lines), "dim")

    def passed(self, days: list[date], sent: int) -> None:
        """Days off that went by."""
        if days:
            span = day_name(days[0]) if len(days) == 1 else f"{day_name(days[0])} to {day_name(days[-1])}"
            mails = "no mail goes out" if not sent else f"{sent} mails go out"
            self.plain(f"\n    {span}: {len(days)} days off; {mails}, no deadline runs", "dim")

    def note(self, text: str) -> None:
        """What the scene shows, in one sentence."""
        if text:
            self._row("so", Text(text, style="green"))

    def paragraph(self, text: str, indent: int = 2) -> None:
        """A paragraph, indented."""
        for line in wrap(Text(text), self._console.width - indent):
            self.plain(" " * indent + line.plain)

    def plain(self, text: str = "", style: str = "") -> None:
        """A line as it stands: paths and commands to copy are not broken."""
        self._console.print(Text(text, style=style), soft_wrap=True)

    def _moved(self, ref: str, entry: HistoryEntry) -> None:
        names = [stage_name(stage) for stage in (entry.from_stage, entry.to_stage) if stage]
        self._row("case", Text.assemble((f"{ref}  {' → '.join(names)}", "bold")), [entry.why.split("；")[0]])

    def _armed(self, ref: str, deadline: Deadline) -> None:
        if deadline.kind is not DeadlineKind.START:
            due = moment(self._hours.local(deadline.due_at))
            self._row("due", Text(f"{due}  {AWAITED[deadline.kind]} ({ref})"), [deadline.why])

    def _sent(self, notice: Posted, quoted: list[str]) -> None:
        people = notice.recipients
        to = f"all {len(people)}" if notice.in_thread else f"{', '.join(call(a) for a in people)} alone"
        headline = notice.lines[0] if notice.lines else ""
        more = [f"“{line.removeprefix('- ')}”" for line in quoted if line != headline]
        for copy in notice.copies:
            if copy.buttons:
                who = ", ".join(call(a) for a in copy.recipients)
                more.append(f"buttons in {who}'s copy only: {' · '.join(copy.buttons)}")
        self._row("mail out", Text.assemble((NOTICES[notice.kind], "bold"), f" to {to}: {headline}"), more)

    def _row(self, label: str, first: Text, more: Iterable[str] = ()) -> None:
        """A label in the gutter, then lines beside it."""
        lead = Text(f"    {label:<{_GUTTER - 2}}", style="dim")
        for text in (first, *(Text(line) for line in more)):
            for line in wrap(text, self._console.width - len(lead)):
                self._console.print(Text.assemble(lead, line), soft_wrap=True)
                lead = Text(" " * len(lead))

    def _sort_of_day(self, day: date) -> str:
        works = self._hours.calendar.works(day)
        if works and day.weekday() >= 5:
            return ", a weekend day that is worked (调休)"
        return "" if works else ", a day off"


def _pad(text: str, cells: int) -> str:
    """`text` filled with blanks to so many cells; Chinese takes two each."""
    return text + " " * (cells - cell_len(text))
