"""`python -m tests.learning`: learn the second reader's weights anew from the labelled replies and write them.

`--cross` writes nothing: each file of `replies/` is read with weights that never saw it, and the score of both readers
together is printed. scikit-learn is installed into `.learn/`, an environment of its own.
"""

import argparse
import base64
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.parse.clean_reply import fold_reply
from bot.parse.grammar import read_grammar
from bot.parse.precedents import weights
from bot.parse.precedents.features import BITS, VERSION
from bot.parse.precedents.reader import rank
from bot.parse.score import ReplyRow
from bot.parse.verdict import settle
from bot.rules.words import Intent
from tests.learning.rows import TABLES, features_of, identities, read_rows

ROOT = Path(__file__).parent.parent.parent
SHIPPED = Path(weights.__file__).with_name("weights.bin")
LEARNER = "scikit-learn==1.9.1"


def main() -> None:
    """Read the arguments, learn."""
    parser = argparse.ArgumentParser(prog="python -m tests.learning", description="Learn how people answer.")
    parser.add_argument("--cross", action="store_true", help="score each file with weights that never saw it")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the weights go")
    told = parser.parse_args()
    python = _learner()
    if told.cross:
        _cross(python)
    else:
        rows = read_rows()
        learnt = _fit(python, [("", row) for row in rows])
        told.out.write_bytes(_packed(learnt, rows))
        print(f"{len(rows)} replies, {told.out.stat().st_size:,} bytes")


def _learner() -> Path:
    """The interpreter of the environment that has scikit-learn; made when absent."""
    folder = ROOT / ".learn"
    if not (folder / LEARNER).exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, LEARNER], check=True)
        (folder / LEARNER).touch()
    return folder / "bin" / "python"


def _fit(python: Path, rows: list[tuple[str, ReplyRow]], *more: str):  # type: ignore[no-untyped-def]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([[group, str(row.expected), features_of(row)] for group, row in rows], file)
        file.flush()
        words = [str(python), str(Path(__file__).with_name("fit.py")), file.name, str(1 << BITS), *more]
        return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def _packed(learnt, rows: list[ReplyRow]) -> bytes:  # type: ignore[no-untyped-def]
    header = weights.Header(
        version=VERSION,
        bits=BITS,
        replies=len(rows),
        digest=weights.digest_of(identities(rows)),
        meanings=tuple(learnt["meanings"]),
        biases=tuple(learnt["biases"]),
        scale=learnt["scale"],
    )
    return weights.pack(header, base64.b64decode(learnt["tables"]))


def _cross(python: Path) -> None:
    rows = [("", row) for row in read_rows(TABLES[:1])]
    known = {(row.role_name, row.stage, row.text) for _, row in rows}
    for path in TABLES[1:]:
        rows += [(path.stem, r) for r in read_rows([path]) if (r.role_name, r.stage, r.text) not in known]
    total: Counter[str] = Counter()
    by_file: dict[str, Counter[str]] = {}
    for (group, row), scores in zip(rows, _fit(python, rows, "--cross"), strict=True):
        if scores is not None:
            likeness = rank(
                {Intent(n): s for n, s in scores.items()}, fold_reply(row.text).strip(), row.role, row.stage
            )
            got = settle(read_grammar(row.text, row.role, row.stage), likeness).intent
            counted = _count(row, got)
            total += counted
            by_file.setdefault(group, Counter()).update(counted)
    for name, counted in (*by_file.items(), ("all", total)):
        print(
            f"{name:8} {100 * counted['right'] / counted['rows']:5.1f} % of {counted['rows']}; false approvals "
            f"{counted['false']}, missed {counted['missed']} of {counted['yes']}, false denials {counted['denied']}"
        )


def _count(row: ReplyRow, got: Intent) -> Counter[str]:
    yes = row.expected is Intent.APPROVE
    return Counter(
        rows=1,
        right=int(got is row.expected),
        yes=int(yes),
        false=int(got is Intent.APPROVE and not yes),
        missed=int(yes and got is not Intent.APPROVE),
        denied=int(yes and got is Intent.REJECT),
    )


if __name__ == "__main__":
    main()
