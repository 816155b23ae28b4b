"""THE TABLE drawn as a Mermaid state diagram for docs/process.md."""

from bot.rules.table import ENDED, TABLE, Row
from bot.rules.words import Stage

STAGE_NAMES = {
    Stage.AWAITING_APPROVAL: "待确认",
    Stage.AWAITING_INFO: "待补充",
    Stage.POSTPONED: "已推迟",
    Stage.DECLINED: "不同意",
    Stage.WITHDRAWN: "已撤回",
    Stage.APPROVED: "已确认",
    Stage.ON_SITE: "支持中",
    Stage.AWAITING_ACCEPTANCE: "待验收",
    Stage.ACCEPTED: "已验收",
    Stage.CLOSED: "已关闭",
    Stage.ARCHIVED: "已归档",
    Stage.SETTLED: "已核算",
}


def draw_table() -> str:
    """The diagram's Mermaid text; rows that keep the stage are left to the page's table, to keep it readable."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{name}" as {stage.value}' for stage, name in STAGE_NAMES.items()]
    for row in TABLE:
        if row.to is None:
            continue
        arrows = row.stages or (None,)
        label = f"{row.who.value}: {row.says}{_lock(row)}"
        lines += [f"    {a.value if a else '[*]'} --> {row.to.value}: {label}" for a in arrows if a is not row.to]
    lines += [f"    {stage.value} --> [*]" for stage in Stage if stage in ENDED]
    return "\n".join(lines) + "\n"


def _lock(row: Row) -> str:
    return " 🔒" if row.proof else ""


def write_page() -> str:
    """The whole of docs/process.md."""
    kept = [(row, [s for s in row.stages if row.to in {None, s}]) for row in TABLE]
    rows = "\n".join(
        f"| {'、'.join(STAGE_NAMES[s] for s in stages)} | {row.who.value} | {row.says}{_lock(row)} |"
        for row, stages in kept
        if stages
    )
    return (
        "# The process, drawn from THE TABLE\n\n"
        "Made by `python -m bot.rules.diagram > docs/process.md` from `bot/rules/table.py`; a test keeps it true.\n"
        "🔒: counts only when the sender's address is proved.\n\n"
        f"```mermaid\n{draw_table()}```\n\n"
        "What happens without leaving the stage:\n\n"
        f"| at | who | what |\n| --- | --- | --- |\n{rows}\n"
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(write_page())
