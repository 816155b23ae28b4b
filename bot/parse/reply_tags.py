"""The tags of one reply, asked by name, and what their clauses say together."""

import re

from bot.parse.found import Found
from bot.parse.phrases import Tag
from bot.rules.words import ReplyStage

_AGAIN = re.compile(
    r"(?:再|才)(?!有|次)[^,就]{0,4}(?:批|核|签|确认|验收|关闭?|定|答复|说|看|议)(?:字|算|准|定|单)?$|才(?:好|能|可以?|方便)[^,]{0,3}(?:派人?|安排|判断|评估)$"
    r"|(?:明天|后天|周.|下周|晚上|回头|稍后|晚点)(?:我)?(?:批|核|签|确认|定|看)$"
)
_VAGUE = re.compile("考虑|研究|讨论|商量|谈")
_FIRST_THEN = re.compile("我们?才(?:好|能|可以|方便)(?!批|同意|签|确认|关)")
_OUTRIGHT = re.compile("[不没未][^,]{0,2}(?:批|同意|支持|准)")


class ReplyTags:
    """The tags of one reply, asked by name."""

    def __init__(self, found: list[Found], stage: ReplyStage) -> None:
        self.stage = stage
        self._first: dict[Tag, Found] = {}
        for f in found:
            self._first.setdefault(f.tag, f)
        unable = {f.clause for f in found if f.tag is Tag.UNABLE}
        self.asks_beside = bool(unable) and any(f.tag is Tag.QUESTION and f.clause not in unable for f in found)
        self.refuses = any(_OUTRIGHT.search(f.words) for f in found if f.tag is Tag.NO)
        # "可以考虑" is no half yes beside a request for papers; "我才能去谈" promises no verdict.
        self.vague = all(_VAGUE.search(f.words) for f in found if f.tag is Tag.HEDGE)
        self.first_then = all(_FIRST_THEN.search(f.clause) for f in found if f.tag is Tag.CONDITION)
        # A question with its mark or its particle; a mere question word may be part of a statement.
        self.asked = any(f.tag in {Tag.QUESTION, Tag.FACT} and f.words == f.clause[:20] for f in found)
        self.either = any("还是" in f.clause for f in found if f.tag is Tag.QUESTION)
        bound = [f.clause for f in found if f.tag is Tag.CONDITION]
        # "等预算下来再批": every condition is a wait for the verdict.
        self.again = bound[0][:30] if bound and all(_AGAIN.search(clause) for clause in bound) else ""

    def has(self, *tags: Tag) -> bool:
        return not self._first.keys().isdisjoint(tags)

    def before(self, first: Tag, second: Tag) -> bool:
        """Whether both are there, `first` in front."""
        order = [t for t in self._first if t in {first, second}]
        return order == [first, second]

    def words(self, *tags: Tag) -> str:
        """The deciding words, first of each tag, quoted."""
        return "、".join(f"“{self._first[t].words[:30]}”" for t in tags if t in self._first)

    def clause(self, *tags: Tag) -> str:
        return next((self._first[t].clause for t in tags if t in self._first), "")
