"""What the words of a reply say by themselves (R10): pure, linear, and never an approval by guess.

How it reads: the text is cleaned and cut into sentences and clauses; each clause yields tags with the words that gave
them (`phrases`); beside a complete yes each other clause is judged by what it does to it (`bearing.py`); what is left
is weighed in one fixed order, denial before approval. A yes is plain only when its subject is the writer and nothing
else in the reply binds, turns or questions it.
"""

import re
from collections.abc import Iterable

from bot.parse import phrases
from bot.parse.clean_reply import CleanReply, Sentence
from bot.parse.find_tags import find_tags
from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag
from bot.parse.reply_tags import ReplyTags
from bot.rules.mail import Meaning
from bot.rules.words import Intent, ReplyStage, Role


def read_grammar(text: str, role: Role, stage: ReplyStage) -> Meaning:
    """The first of the two readers: what the words alone say; any text, never raises.

    Out: the intent, the deciding words in Chinese, and the binding sentence for a conditional yes. The yes or no of a
    role that may not decide at this stage reads as NONE.
    """
    return read_clean(CleanReply(text), role, stage)


def read_clean(reply: CleanReply, role: Role, stage: ReplyStage) -> Meaning:
    """The same of a reply that is made ready already."""
    sentences = reply.sentences
    command = _find_command("".join(c for s in sentences for c in s.clauses))
    if command:
        return command
    decides = role in phrases.DECIDERS[stage]
    reports = stage is ReplyStage.EXECUTION or (role in phrases.REPORTERS and not decides)
    after = _after_correction(sentences)
    brings = role is Role.SALES and stage is ReplyStage.EXECUTION_CHANGE
    found = find_tags(after, stage, reports, brings=brings)
    if len(after) < len(sentences) and not _decisive(found):
        found = find_tags(sentences, stage, reports, brings=brings)
    meaning = _weigh(ReplyTags(found, stage))
    wished = meaning.intent is Intent.DELEGATE and _WISH.search(reply.text) is not None
    if not decides and (meaning.intent in _VERDICTS or wished):
        return Meaning(Intent.NONE, f"{meaning.why}；但这一步不由该角色决定")
    return meaning


# "请王总审批" by somebody who may not decide asks the one who may.
_WISH = re.compile("[请請望盼烦煩].{0,12}[批准同意核]")
_VERDICTS = frozenset({Intent.APPROVE, Intent.APPROVE_WITH_CONDITION, Intent.REJECT})


def _find_command(text: str) -> Meaning | None:
    """R48: a question to the bot is the whole message."""
    bare = re.sub(r"[\s,.!?:~]+", "", text[:60])
    for intent, pattern, what in (
        (Intent.STATUS_REQUEST, phrases.STATUS, "查询状态"),
        (Intent.TODO_REQUEST, phrases.TODO, "查询待办"),
        (Intent.HELP_REQUEST, phrases.HELP, "求助"),
    ):
        if bare and re.fullmatch(pattern, bare):
            return Meaning(intent, f"全文是“{bare}”，{what}")
    return None


def _after_correction(sentences: list[Sentence]) -> list[Sentence]:
    """What stands behind the last correction (更正：), or everything."""
    starts = [i for i, s in enumerate(sentences) if s.corrects]
    return sentences[starts[-1] :] if starts else sentences


def _decisive(found: Iterable[Found]) -> bool:
    return any(f.tag in _DECISIVE for f in found)


_DECISIVE = (
    *(Tag.YES, Tag.PERSONAL_YES, Tag.CASUAL, Tag.HEDGE, Tag.CONDITION, Tag.NO, Tag.NO_PART, Tag.NEVER),
    *(Tag.WITHDRAW, Tag.LATER, Tag.DECIDE, Tag.NOT_NOW, Tag.UNABLE),
)


_BINDING = (
    *(Tag.CONDITION, Tag.UNLESS, Tag.CHANGE, Tag.NO_PART, Tag.SHORT, Tag.HEDGE, Tag.LATER, Tag.REPLY_LATER),
    *(Tag.INFO, Tag.DECIDE, Tag.UNSURE, Tag.PROBLEM, Tag.HAZARD, Tag.AWAY),
)


def _weigh(tags: ReplyTags) -> Meaning:
    """The first of these that applies; denial stands before approval."""
    for step in (_machine, _taken_back, _report, _put_off, _refusal, _mockery, _asking, _yes, _no_verdict):
        meaning = step(tags)
        if meaning:
            return meaning
    return Meaning(Intent.NONE, "没有读到对此事的表态")


_STATED = (
    *(Tag.YES, Tag.PERSONAL_YES, Tag.NO, Tag.NO_PART, Tag.DECIDE),
    *(Tag.HEDGE, Tag.WITHDRAW, Tag.QUESTION),
)


def _machine(tags: ReplyTags) -> Meaning | None:
    if tags.has(Tag.AUTO):
        return Meaning(Intent.OUT_OF_OFFICE, f"{tags.words(Tag.AUTO)}是自动回复的用语")
    if tags.has(Tag.AWAY) and not tags.has(*_STATED):
        return Meaning(Intent.OUT_OF_OFFICE, f"{tags.words(Tag.AWAY)}说明本人不在，没有表态")
    return None


_EARLIER_YES = re.compile("同意|批准|审批|确认|回复|之前|刚才|approv")


def _taken_back(tags: ReplyTags) -> Meaning | None:
    # "不同意，请取消" refuses the request; "不同意了，之前的批准作废" takes back.
    refuses = (tags.before(Tag.NO, Tag.WITHDRAW) or tags.refuses) and not _EARLIER_YES.search(tags.clause(Tag.WITHDRAW))
    if tags.has(Tag.WITHDRAW) and not refuses:
        return Meaning(Intent.WITHDRAW, f"{tags.words(Tag.WITHDRAW)}是撤回")
    return None


_REPORTS = (
    (Tag.ESCALATE, Intent.ESCALATE, "要求升级"),
    (Tag.RISK, Intent.RISK, "报告风险"),
    (Tag.DEVIATION, Intent.DEVIATION, "报告变更"),
    (Tag.PROBLEM, Intent.PROBLEM, "报告问题"),
    (Tag.LEFT, Intent.LEFT_SITE, "报告离场"),
    (Tag.COMPLETED, Intent.COMPLETED, "报告完成"),
    (Tag.DOCUMENTS, Intent.DOCUMENTS, "提交文档"),
)


def _report(tags: ReplyTags) -> Meaning | None:
    """R18–R21, R26, R32, R37: what comes from the work."""
    for tag, intent, what in _REPORTS:
        if tags.has(tag) and not (tag is Tag.COMPLETED and tags.has(Tag.NOT_COMPLETED, Tag.QUESTION)):
            return Meaning(intent, f"{tags.words(tag)}是{what}")
    return None


_AGREES = (Tag.YES, Tag.PERSONAL_YES, Tag.CASUAL)
_WAITS = (Tag.LATER, Tag.REPLY_LATER, Tag.WHEN)
_FULFIL = re.compile("付|款|合同|签|盖章|授权|到货|手续|备份|开通|补[齐上完好]|解决|整改")


def _put_off(tags: ReplyTags) -> Meaning | None:
    """A verdict left open, put off or not possible yet (`phrases/deferrals.py`); what is awaited says what it means."""
    if tags.has(*_AGREES, Tag.NO, Tag.NEVER, Tag.HEDGE):
        return None
    waits, asks = tags.has(*_WAITS), tags.has(Tag.INFO, Tag.FACT) or tags.asks_beside
    if tags.has(Tag.CHOICE, Tag.NOT_NOW, Tag.UNABLE):
        words = tags.words(Tag.CHOICE, Tag.NOT_NOW, Tag.UNABLE)
        if tags.has(Tag.DECIDE) or (tags.has(Tag.TAKE) and "我" not in tags.clause(Tag.TAKE)):
            return Meaning(Intent.DELEGATE, f"{words}、{tags.words(Tag.DECIDE, Tag.TAKE)}是交由他人决定")
        if asks and not tags.has(Tag.NOT_NOW):
            return Meaning(Intent.NEED_MORE_INFO, f"{words}、{tags.words(Tag.INFO, Tag.FACT)}是要求补充信息")
        if waits or tags.again:
            return Meaning(Intent.POSTPONE, f"{words}、{tags.words(*_WAITS, Tag.CONDITION)}是推迟")
        if tags.has(Tag.CHOICE):
            return Meaning(Intent.QUESTION, f"{words}是在提问")
        return Meaning(Intent.REJECT, f"{words}是拒绝")
    if tags.again and not tags.has(Tag.SHORT, Tag.NO_PART, Tag.DECIDE):
        if asks:
            return Meaning(Intent.NEED_MORE_INFO, f"{tags.words(Tag.INFO, Tag.FACT)}、“{tags.again}”是要求补充信息")
        if not _FULFIL.search(tags.clause(Tag.CONDITION)):
            return Meaning(Intent.POSTPONE, f"“{tags.again}”是推迟")
    return None


_HALF = (Tag.HEDGE, Tag.CONDITION)


def _refusal(tags: ReplyTags) -> Meaning | None:
    if tags.has(Tag.NEVER):
        return Meaning(Intent.REJECT, f"{tags.words(Tag.NEVER)}是反问，意思是不同意")
    if tags.has(Tag.SHORT) and not tags.has(
        Tag.YES, Tag.CASUAL, Tag.INFO, Tag.LATER, Tag.REPLY_LATER, Tag.DECIDE, *_HALF
    ):
        if tags.has(Tag.WHEN):
            return Meaning(Intent.POSTPONE, f"{tags.words(Tag.SHORT, Tag.WHEN)}是推迟")
        return Meaning(Intent.REJECT, f"{tags.words(Tag.SHORT)}是拒绝")
    if tags.has(Tag.NO_PART) and not tags.has(Tag.YES, *_HALF):
        return Meaning(Intent.REJECT, f"{tags.words(Tag.NO_PART)}是拒绝")
    if not tags.has(Tag.NO):
        return None
    if tags.has(Tag.UNLESS) or (tags.has(Tag.HEDGE) and tags.has(Tag.CONDITION)):
        return _conditional(tags)
    return Meaning(Intent.REJECT, f"{tags.words(Tag.NO)}是拒绝")


def _mockery(tags: ReplyTags) -> Meaning | None:
    if not tags.has(Tag.SARCASM):
        return None
    if tags.has(*YES_TAGS):
        return Meaning(Intent.NONE, f"{tags.words(Tag.SARCASM)}像是反话，不能当作同意")
    return Meaning(Intent.REJECT, f"{tags.words(Tag.SARCASM)}是反话")


def _asking(tags: ReplyTags) -> Meaning | None:
    if tags.has(Tag.DECIDE) and not tags.has(Tag.YES, Tag.HEDGE):
        return Meaning(Intent.DELEGATE, f"{tags.words(Tag.DECIDE)}是交由他人决定")
    bound = tags.has(Tag.YES, Tag.PERSONAL_YES, Tag.CASUAL) or (tags.has(Tag.HEDGE) and not tags.vague)
    bound = bound or (tags.has(Tag.CONDITION) and not tags.first_then)
    either = tags.has(Tag.QUESTION) and not tags.has(Tag.INFO) and tags.either
    wanted = tags.has(Tag.INFO) or (tags.has(Tag.FACT) and tags.stage is ReplyStage.APPLICATION)
    if wanted and not bound and not either:
        return Meaning(Intent.NEED_MORE_INFO, f"{tags.words(Tag.INFO, Tag.FACT)}是要求补充信息")
    put_off = tags.has(Tag.LATER) and not tags.asked
    if tags.has(Tag.QUESTION, Tag.FACT) and not put_off:
        return Meaning(Intent.QUESTION, f"{tags.words(Tag.QUESTION, Tag.FACT)}是在提问")
    return None


def _yes(tags: ReplyTags) -> Meaning | None:
    agrees = tags.has(Tag.YES, Tag.PERSONAL_YES) or (tags.has(Tag.CASUAL) and not tags.has(Tag.ACK))
    agrees = agrees or (tags.has(Tag.FINE) and tags.has(Tag.ASSIGN) and not tags.has(Tag.OTHER))
    agrees = agrees or (tags.stage is ReplyStage.WORKLOAD and tags.has(Tag.NUMBER))
    unless = tags.has(Tag.UNSURE) and tags.has(Tag.HAZARD)  # "不是不同意，得先有合同"
    unless = unless or tags.words(Tag.CHANGE).startswith(("“同意", "“批准"))  # "同意去一个": a yes to less
    if unless or tags.has(Tag.CONDITION, Tag.HEDGE) or (agrees and tags.has(*_BINDING)):
        return _conditional(tags)
    if not agrees:
        return None
    words = tags.words(Tag.YES, Tag.PERSONAL_YES, Tag.CASUAL, Tag.FINE, Tag.NUMBER)
    return Meaning(Intent.APPROVE, f"{words}是明确同意，没有附带条件")


def _conditional(tags: ReplyTags) -> Meaning:
    words = tags.words(Tag.YES, Tag.PERSONAL_YES, *_BINDING)
    return Meaning(Intent.APPROVE_WITH_CONDITION, f"{words}：同意附有条件或改动", tags.clause(*_BINDING))


_SIMPLE: tuple[tuple[Tag, Intent, str], ...] = (
    (Tag.LATER, Intent.POSTPONE, "是推迟"),
    (Tag.REPLY_LATER, Intent.POSTPONE, "是稍后再答复"),
    (Tag.CHANGE, Intent.POSTPONE, "是改动，没有同意"),
    (Tag.TAKE, Intent.DELEGATE, "是交给他人处理，没有表示同意"),
    (Tag.ASSIGN, Intent.DELEGATE, "只安排了人，没有表示同意"),
    (Tag.ACK, Intent.ACKNOWLEDGMENT_ONLY, "只表示看到"),
    (Tag.CASUAL, Intent.ACKNOWLEDGMENT_ONLY, "与“收到”并列，不算同意"),
    (Tag.FINE, Intent.ACKNOWLEDGMENT_ONLY, "可以只是表示看到，不算同意"),
)


def _no_verdict(tags: ReplyTags) -> Meaning | None:
    if tags.has(Tag.ACK) and tags.has(Tag.REPLY_LATER) and not tags.has(Tag.LATER):
        return Meaning(Intent.ACKNOWLEDGMENT_ONLY, f"{tags.words(Tag.ACK, Tag.REPLY_LATER)}只表示看到")
    if tags.has(Tag.UNLESS):
        return _conditional(tags)
    for tag, intent, what in _SIMPLE:
        if tags.has(tag):
            return Meaning(intent, f"{tags.words(tag)}{what}")
    if tags.has(Tag.THANKS) and not tags.has(Tag.OTHER, Tag.HAZARD):
        return Meaning(Intent.THANKS, f"{tags.words(Tag.THANKS)}只是致谢")
    if tags.has(Tag.OTHER):
        return Meaning(Intent.NONE, f"{tags.words(Tag.OTHER)}不是本人对此事的表态")
    return None
