"""What was measured as files: JSON for programs, a table for people, a chart of how far each limit is."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from benchmarks.result import Result

FOLDER = Path(__file__).parent / "results"
_BAR, _ROW, _LEFT = 320, 22, 330
_FINE, _MISSED = "#2f7d4f", "#b3392f"


def write_results(name: str, rows: Sequence[Result], folder: Path = FOLDER) -> None:
    """`name`.json, and `name`.svg when a row has a limit; then the table over all benchmarks is written anew."""
    folder.mkdir(exist_ok=True)
    whole = {
        "benchmark": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()}, {os.cpu_count()} CPUs, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "rows": [
            {"what": r.what, "value": r.value, "unit": r.unit, "limit": r.limit, "at_least": r.at_least,
             "passes": r.passes, "note": r.note}
            for r in rows
        ],
    }  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    judged = [row for row in rows if row.limit]
    if judged:
        (folder / f"{name}.svg").write_text(draw_chart(name, judged), encoding="utf-8")
    (folder / "README.md").write_text(make_table(folder), encoding="utf-8")


def make_table(folder: Path) -> str:
    """The newest results of every benchmark as one Markdown table."""
    lines = ["# Results", "", "Written by `make bench`; each row says when and under which load it was measured.", ""]
    lines += [
        "| benchmark | what | measured | limit | | note | at (load) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for path in sorted(folder.glob("*.json")):
        whole = json.loads(path.read_text(encoding="utf-8"))
        when = f"{whole['at'][:16]} ({whole['load']})"
        for row in whole["rows"]:
            limit, verdict = "", ""
            if row["limit"] is not None:
                limit = f"{'≥' if row['at_least'] else '≤'} {row['limit']:g}"
                verdict = "ok" if row["passes"] else "**missed**"
            measured = f"{row['value']:,.4g} {row['unit']}".strip()
            cells = (whole["benchmark"], row["what"], measured, limit, verdict, row["note"], when)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def draw_chart(name: str, rows: Sequence[Result]) -> str:
    """Bars against each row's limit, the line at the middle: left of it is within, right of it missed."""
    height = _ROW * len(rows) + 46
    middle = _LEFT + _BAR / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _BAR + 90}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="10" y="18" font-size="14">{escape(name)}: measured against its limit</text>',
        f'<line x1="{middle}" y1="28" x2="{middle}" y2="{height - 10}" stroke="#555" stroke-dasharray="3 3"/>',
    ]
    for number, row in enumerate(rows):
        share = _share(row)
        top = 32 + number * _ROW
        color = _FINE if row.passes else _MISSED
        parts.append(f'<text x="10" y="{top + 12}">{escape(row.what)}</text>')
        width = max(2.0, min(share, 2.0) * _BAR / 2)
        parts.append(f'<rect x="{_LEFT}" y="{top}" width="{width:.0f}" height="{_ROW - 7}" fill="{color}"/>')
        words = f"{row.value:,.4g} {row.unit}".strip()
        parts.append(f'<text x="{_LEFT + width + 5:.0f}" y="{top + 12}" fill="#222">{escape(words)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _share(row: Result) -> float:
    """1.0 is at the limit, more is worse."""
    limit = row.limit or 1.0
    return limit / max(row.value, 1e-9) if row.at_least else row.value / limit
