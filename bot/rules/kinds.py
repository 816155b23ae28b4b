"""What kind of support a case is, by its request: documents to be written, a proposal (R5, R15-R17)."""

import re

from bot.rules.case import Case

_WRITES = re.compile(
    "(?:编写|撰写|编制|制作|起草|拟定|拟制|出具|写|做|出|修改|完善)[^，,。；;\\n]{0,12}(?:方案|文档|标书|投标文件|手册|说明书|建议书|白皮书)"
)
"""支持内容 that asks for a document to be written; 实施方案 named among what to bring does not."""


def is_proposal(case: Case) -> bool:
    """方案 support: its due times are R16's, its author revises until the reader understands (R17)."""
    return "方案" in dict(case.fields).get("支持类型", "")


def is_document(case: Case) -> bool:
    """Document support: the table of contents is agreed before the work (R5)."""
    return is_proposal(case) or _WRITES.search(dict(case.fields).get("支持内容", "")) is not None
