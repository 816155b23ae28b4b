"""What is seen in a reply, as numbered features: runs of characters, words in their order, heads and tails of clauses.

A feature's number is a checksum (the hashing trick): no vocabulary is kept. Weights and features belong together:
whoever changes anything here must learn anew (`make learn`); the weights carry `VERSION`.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from bot.rules.words import ReplyStage, Role

VERSION = 1
BITS = 18
_MASK = (1 << BITS) - 1
_LONGEST = 4
_PAIR, _HEAD, _TAIL, _CLAUSE, _WORD, _NEXT, _COUNT = range(1, 8)

# Which stages talk alike: a yes to work asked for, a yes to work done, a report.
_KINS = {
    ReplyStage.APPLICATION: 1,
    ReplyStage.RETROACTIVE: 1,
    ReplyStage.EXECUTION_CHANGE: 1,
    ReplyStage.EXECUTION: 2,
    ReplyStage.COMPLETION_SALES: 3,
    ReplyStage.COMPLETION_DIRECTOR: 3,
    ReplyStage.WORKLOAD: 3,
    ReplyStage.DOC_OUTLINE: 3,
}
_SPEAKERS = {Role.DIRECTOR: 1, Role.SALES: 2, Role.ENGINEER: 3}

# Small words whose order within a sentence makes the construction: 先…再, 等…才, 如果…就, 同意…但; longest first.
_MARKER = re.compile(
    "没问题|没意见|如果|要是|假如|万一|不过|只要|除非|必须|否则|不然|同意|可以|通过|ok|远程|现场|上门|我们|"
    "他们|你们|客户|法务|财务|商务|销售|合同|申请|时间|方案|记得|注意|务必|确认|清楚|以后|下次|上次|今天|明天|"
    "上午|下午|安排|支持|处理|解决|验收|另外|其他|其余|这样|为准|之后|之前|以前|时候|的话|部分|最多|至少|以内|"
    "知道|收到|辛苦|经理|先|再|才|就|等|待|后|前|若|但|只|得|要|需|批|准|可|行|好|改|换|减|推|挪|延|压|砍|留|"
    "到|人|天|个|补|交|签|齐|完|了|过|吧|吗|呢|让|由|派|请|别|不|没|未|我|他|你|款|钱|单|带|写|发|周|月|号|去|"
    "做|来|都|也|还|这|那|按|照|一|两|三|半|算|定|走|放|听|说|问|看|谢|工|总|[?!:]"
)
_REACH = 9
_SENTENCE = re.compile(r"[。!?\n]+")
_CLAUSE_END = re.compile(r"[,。;!?\n、 ]+")
_DIGITS = re.compile(r"[0-9]+")


def find_features(words: str, role: Role, stage: ReplyStage) -> frozenset[int]:
    """The features of `words`, a reply made ready by `clean_reply.fold_reply`, said by `role` at `stage`."""
    text = _DIGITS.sub("0", words)
    speaker = 16 * _KINS[stage] + _SPEAKERS.get(role, 4)
    pieces = set(cut_pieces(text))
    found = set(map(crc32, pieces))
    found.update([crc32(piece, speaker) for piece in pieces if len(piece) < 2 * _LONGEST])
    found.add(crc32(b"stage" + stage.encode(), speaker))
    found.update(_whole(text))
    found.update(_ordered(text))
    found.update(_clauses(text))
    return frozenset([number & _MASK for number in found])


def cut_pieces(text: str) -> list[bytes]:
    """Runs of one to four characters, as UTF-16, which is cut faster than encoded piece by piece."""
    code = f"^{text}$".encode("utf-16-le", "surrogatepass")
    sizes = range(2, 2 * _LONGEST + 2, 2)
    return [code[start : start + size] for size in sizes for start in range(0, len(code) - size + 2, 2)]


def number_of(piece: bytes) -> int:
    """The feature's number of a run from `cut_pieces`, whoever says it."""
    return crc32(piece) & _MASK


def _whole(text: str) -> Iterator[int]:
    framed = f"^{text}$"
    for length in (3, 4, 5):
        yield _number(_HEAD, framed[:length])
    for length in (4, 5):
        yield _number(_TAIL, framed[-length:])


def _ordered(text: str) -> Iterator[int]:
    for sentence in _SENTENCE.split(text):
        marks = [mark.encode() for mark in _MARKER.findall(sentence)]
        for at, first in enumerate(marks):
            begun = crc32(first + b"~", _PAIR)  # a checksum goes on from that of what stands before
            for second in marks[at + 1 : at + _REACH]:
                yield crc32(second, begun)


def _clauses(text: str) -> Iterator[int]:
    clauses = [clause for clause in _CLAUSE_END.split(text) if clause]
    for clause in clauses:
        yield _number(_CLAUSE, clause[:2])
        yield _number(_CLAUSE, clause[-2:] + "$")
        if len(clause) <= 6:
            yield _number(_WORD, clause)
    for first, second in pairwise(clauses):
        yield _number(_NEXT, f"{first[:2]}>{second[:2]}")
    yield _number(_COUNT, str(min(len(clauses), 9)))


def _number(kind: int, words: str) -> int:
    return crc32(words.encode("utf-8", "surrogatepass"), kind)
