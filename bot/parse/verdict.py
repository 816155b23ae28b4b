"""Two readers, one verdict (R10): the grammar of the words (`meaning.py`) and precedent (`precedents`).

A yes counts as plain only when precedent says so and the grammar does not object, or precedent is far ahead; a no
likewise. Where they differ otherwise, precedent names the meaning, and the bot asks back.
"""

from bot.parse.precedents.reader import Likeness
from bot.rules.mail import Meaning
from bot.rules.words import Intent

# How far a plain yes or no must be ahead of every other meaning, by what the grammar read. Set on replies that were
# in neither reader's tables (`python -m tests.learning --cross`).
AHEAD_WITH_GRAMMAR = 0.0
AHEAD_WITH_GRAMMAR_SHORT = -0.4  # so few characters have few precedents, and the tables know nearly all of them
SHORT = 8
AHEAD_BEHIND_NO = 0.8  # "不照你们说的办"
AHEAD_ALONE = 0.5
AHEAD_AGAINST = {Intent.REJECT: 1.0, Intent.NEED_MORE_INFO: 0.7, Intent.POSTPONE: 0.7}
DENIAL_ALONE = 0.35
KNOWN = frozenset(
    {
        Intent.APPROVE,
        Intent.APPROVE_WITH_CONDITION,
        Intent.REJECT,
        Intent.NEED_MORE_INFO,
        Intent.POSTPONE,
        Intent.DELEGATE,
        Intent.QUESTION,
        Intent.WITHDRAW,
        Intent.ACKNOWLEDGMENT_ONLY,
        Intent.THANKS,
        Intent.OUT_OF_OFFICE,
        Intent.NONE,
    }
)
# Read by the grammar from words that leave nothing open: never turned into a yes.
_FINAL = frozenset({Intent.WITHDRAW, Intent.OUT_OF_OFFICE})


def settle(grammar: Meaning, likeness: Likeness | None) -> Meaning:
    """The verdict of both readers; the grammar's where precedent has none."""
    if likeness is None or grammar.intent not in KNOWN:
        return grammar
    if likeness.likest is Intent.APPROVE or (grammar.intent is Intent.APPROVE and _holds(likeness)):
        return _consent(grammar, likeness)
    if likeness.likest is grammar.intent:
        return grammar
    if likeness.likest is Intent.REJECT and likeness.denial < DENIAL_ALONE:
        return _doubt(grammar, likeness)
    return _by_precedent(likeness.likest, grammar, likeness)


def _consent(grammar: Meaning, likeness: Likeness) -> Meaning:
    if grammar.intent is Intent.APPROVE:
        return grammar if _holds(likeness) else _doubt(grammar, likeness)
    ahead = AHEAD_AGAINST.get(grammar.intent, AHEAD_ALONE)
    if likeness.words.startswith("不"):
        ahead = max(ahead, AHEAD_BEHIND_NO)
    if likeness.consent <= ahead or grammar.intent in _FINAL:
        return _doubt(grammar, likeness)
    binding = likeness.find_binding()
    if not binding:
        return _by_precedent(Intent.APPROVE, grammar, likeness)
    if grammar.intent is not Intent.REJECT:
        return grammar
    why = f"“{binding}”：以往这样写的是附有条件或改动的同意（单看用语：{grammar.why}）"
    return Meaning(Intent.APPROVE_WITH_CONDITION, why, binding)


def _holds(likeness: Likeness) -> bool:
    """Whether precedent leaves a yes of the grammar alone."""
    short = len(likeness.words) <= SHORT
    return likeness.consent > (AHEAD_WITH_GRAMMAR_SHORT if short else AHEAD_WITH_GRAMMAR)


def _doubt(grammar: Meaning, likeness: Likeness) -> Meaning:
    """The readers differ and neither is sure: what is no plain yes and no plain no, so that the bot asks."""
    if grammar.intent not in {Intent.APPROVE, Intent.REJECT}:
        return grammar
    second = next(m for m in likeness.others if m not in {Intent.APPROVE, Intent.REJECT})
    return _by_precedent(second, grammar, likeness)


def _by_precedent(meaning: Intent, grammar: Meaning, likeness: Likeness) -> Meaning:
    words = likeness.name_telling()
    why = f"{words or '整句'}：以往这样写的回复是{_NAMES[meaning]}（单看用语：{grammar.why}）"
    return Meaning(meaning, why)


_NAMES = {
    Intent.APPROVE: "明确同意",
    Intent.APPROVE_WITH_CONDITION: "附有条件或改动的同意",
    Intent.REJECT: "拒绝",
    Intent.NEED_MORE_INFO: "要求补充信息",
    Intent.POSTPONE: "推迟",
    Intent.DELEGATE: "交由他人",
    Intent.QUESTION: "提问",
    Intent.WITHDRAW: "撤回",
    Intent.ACKNOWLEDGMENT_ONLY: "只表示看到",
    Intent.THANKS: "致谢",
    Intent.OUT_OF_OFFICE: "本人不在",
    Intent.NONE: "没有对此事表态",
}
