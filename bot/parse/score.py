"""How well replies are read: rows with the expected meaning in, counts out (`zhichi explain --replies`)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.parse.meaning import read_meaning
from bot.rules.words import Intent, ReplyStage, Role

# The file says `sales_director` for both kinds; neither may decide anything the other may not.
_ROLES = {**{str(r): r for r in Role}, "sales_director": Role.COMPANY_SALES_DIRECTOR}
_STAGES = {str(s): s for s in ReplyStage}
_INTENTS = {str(i): i for i in Intent}


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One reply: who wrote it, at which stage, what, and the expected meaning if known. `role_name` as written."""

    line: int
    role_name: str
    role: Role
    stage: ReplyStage
    text: str
    expected: Intent | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be used; `problem` is one English line."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class ReplyScore:
    """Counts over rows with an expected meaning.

    `false_approvals`: read as approve, expected anything else. `missed_approvals`: expected approve, read as anything
    else. `false_denials`: those of them read as reject. `confusion`: ((expected, got), how often), wrong ones included.
    """

    total: int
    right: int
    false_approvals: int
    missed_approvals: int
    false_denials: int
    confusion: tuple[tuple[tuple[Intent, Intent], int], ...]


def read_reply_rows(text: str) -> tuple[tuple[ReplyRow, ...], tuple[BadRow, ...]]:
    """Rows `role<TAB>stage<TAB>text[<TAB>meaning]`, `\\n` escaped; blank lines and `#` comments are skipped.

    Out: the usable rows and the others, each with its line number.
    """
    good: list[ReplyRow] = []
    bad: list[BadRow] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = _read_row(number, line.rstrip("\r"))
        if isinstance(row, ReplyRow):
            good.append(row)
        else:
            bad.append(row)
    return tuple(good), tuple(bad)


def _read_row(number: int, line: str) -> ReplyRow | BadRow:
    columns = line.split("\t")
    if len(columns) not in {3, 4}:
        return BadRow(number, f"{len(columns)} columns, 3 or 4 expected")
    role, stage = _ROLES.get(columns[0].strip()), _STAGES.get(columns[1].strip())
    expected = columns[3].strip() if len(columns) == 4 else ""
    if role is None:
        return BadRow(number, f"unknown role {columns[0]!r}")
    if stage is None:
        return BadRow(number, f"unknown stage {columns[1]!r}")
    if expected and expected not in _INTENTS:
        return BadRow(number, f"unknown meaning {expected!r}")
    return ReplyRow(number, columns[0].strip(), role, stage, _unescape(columns[2]), _INTENTS.get(expected))


def _unescape(text: str) -> str:
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t") for part in text.split("\\\\"))


def score_replies(rows: Iterable[ReplyRow]) -> ReplyScore:
    """Read every row that has an expected meaning and count."""
    pairs = Counter(
        (row.expected, read_meaning(row.text, row.role, row.stage).intent) for row in rows if row.expected is not None
    )
    yes, no = Intent.APPROVE, Intent.REJECT
    return ReplyScore(
        total=pairs.total(),
        right=sum(n for (want, got), n in pairs.items() if want is got),
        false_approvals=sum(n for (want, got), n in pairs.items() if got is yes and want is not yes),
        missed_approvals=sum(n for (want, got), n in pairs.items() if want is yes and got is not yes),
        false_denials=pairs[(yes, no)],
        confusion=tuple(sorted(pairs.items(), key=lambda item: (-item[1], item[0]))),
    )


def render_confusion(score: ReplyScore) -> str:
    """The score for people: one line of totals, then every wrong pair, most frequent first."""
    share = f"{100 * score.right / score.total:.1f} %" if score.total else "nothing to score"
    lines = [
        f"{score.right} of {score.total} right ({share}); false approvals {score.false_approvals}, "
        f"missed approvals {score.missed_approvals}, false denials {score.false_denials}"
    ]
    lines += [f"  {n:4d}  {want} read as {got}" for (want, got), n in score.confusion if want is not got]
    return "\n".join(lines)
