"""How much each feature speaks for each meaning: the file that `make learn` writes, read once when first needed.

The file: one line of JSON (see `Header`), a line feed, then the zlib-compressed weights, one signed byte for each
feature and meaning, meaning by meaning. Everything in it can be made again from the labelled replies.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter

from bot.errors import ZhichiError
from bot.parse.precedents.features import BITS, VERSION
from bot.rules.words import Intent

_FILE = "weights.bin"


@dataclass(frozen=True, slots=True)
class Header:
    """What the weights belong to: the features' version, the labelled replies' digest and number, and the scale."""

    version: int
    bits: int
    replies: int
    digest: str
    meanings: tuple[str, ...]
    biases: tuple[float, ...]
    scale: float


class Weights:
    """Weights of `2 ** BITS` features for each of some meanings."""

    def __init__(self, header: Header, tables: bytes) -> None:
        self.header = header
        self._meanings = tuple(Intent(name) for name in header.meanings)
        size = 1 << header.bits
        self._tables = [memoryview(tables)[at * size : (at + 1) * size].cast("b") for at in range(len(self._meanings))]

    def weigh(self, features: Collection[int]) -> Mapping[Intent, float]:
        """How strongly all features together speak for each meaning; above 0 is for, below against."""
        pick = itemgetter(0, *features)  # a getter of one item would give no tuple: the first is taken off again
        unit = self.header.scale / max(len(features), 1) ** 0.5
        return {
            meaning: bias + unit * (sum(pick(table)) - table[0])
            for meaning, bias, table in zip(self._meanings, self.header.biases, self._tables, strict=True)
        }

    def weigh_one(self, feature: int, for_it: Intent, against: Intent) -> int:
        """How much more one feature speaks for one meaning than for another, in the file's own unit."""
        pro, con = self._meanings.index(for_it), self._meanings.index(against)
        return self._tables[pro][feature] - self._tables[con][feature]


def pack(header: Header, tables: bytes) -> bytes:
    """The file's bytes."""
    return json.dumps(asdict(header), sort_keys=True).encode() + b"\n" + zlib.compress(tables, 9)


def unpack(packed: bytes) -> Weights:
    """The weights in the file's bytes; raises `ZhichiError` when they are of another version of the features."""
    first, _, rest = packed.partition(b"\n")
    told = json.loads(first)
    header = Header(**{**told, "meanings": tuple(told["meanings"]), "biases": tuple(told["biases"])})
    tables = zlib.decompress(rest)
    if (header.version, header.bits) != (VERSION, BITS) or len(tables) != len(header.meanings) << BITS:
        raise ZhichiError(f"{_FILE} was learnt for other features (version {header.version}); run `make learn`")
    return Weights(header, tables)


@cache
def load_weights() -> Weights:
    """The weights that are shipped with the bot."""
    return unpack(files(__package__).joinpath(_FILE).read_bytes())


def digest_of(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """The digest of labelled replies (role, stage, text, meaning), whatever their order."""
    from hashlib import sha256

    return sha256("\n".join(sorted("\t".join(row) for row in rows)).encode("utf-8", "surrogatepass")).hexdigest()
