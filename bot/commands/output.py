"""How commands speak: results on stdout (JSON when asked), everything else on stderr."""

import json
import logging
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

stdout = Console(soft_wrap=True, highlight=False)
stderr = Console(stderr=True, soft_wrap=True, highlight=False)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object on a line of its own (JSON Lines where a list is meant)."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def print_table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table for people; text is shown as it is, markup in it is not obeyed."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    stdout.print(table, markup=False)


def _plain(cell: object) -> str:
    return str(cell).replace("[", "\\[")


def complain(lines: Iterable[str]) -> None:
    """One line each on stderr."""
    for line in lines:
        stderr.print(line, markup=False)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def start_logging(level: str, *, as_json: bool) -> None:
    """Logs go to stderr. imapclient and imaplib stay silent below warnings: their debug lines hold passwords."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if as_json else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("imapclient", "aiosmtplib", "alembic", "apscheduler", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
