"""The labelled replies to learn from: the reviewed table, and those of authors who had seen neither table nor code."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.parse.clean_reply import fold_reply
from bot.parse.precedents.features import find_features
from bot.parse.score import ReplyRow, read_reply_rows
from bot.parse.verdict import KNOWN

HERE = Path(__file__).parent
TABLES = (HERE.parent / "parse" / "replies.tsv", *sorted((HERE / "replies").glob("*.tsv")))


def read_rows(paths: Iterable[Path] = TABLES) -> list[ReplyRow]:
    """Every reply with one of the meanings that precedent knows, each text once for its role and stage."""
    rows: dict[tuple[str, str, str], ReplyRow] = {}
    for path in paths:
        good, bad = read_reply_rows(path.read_text(encoding="utf-8"))
        if bad:
            raise ValueError(f"{path.name}:{bad[0].line}: {bad[0].problem}")
        for row in good:
            if row.expected in KNOWN:
                rows.setdefault((row.role_name, row.stage, row.text), row)
    return list(rows.values())


def identities(rows: Iterable[ReplyRow]) -> Iterator[tuple[str, str, str, str]]:
    """What the digest in the weights is taken over."""
    return ((row.role_name, row.stage, row.text, str(row.expected)) for row in rows)


def features_of(row: ReplyRow) -> list[int]:
    """The features of one reply, as the bot sees them."""
    return sorted(find_features(fold_reply(row.text).strip(), row.role, row.stage))
