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


# Bytes are summed much faster than signed numbers: each is kept raised by so much.
_RAISE = 128
_RAISED = bytes((code + _RAISE) % 256 for code in range(256))


class Weights:
    """Weights of `2 ** BITS` features for each of some meanings; those of one feature lie side by side."""

    def __init__(self, header: Header, tables: bytes) -> None:
        self.header = header
        self._meanings = tuple(Intent(name) for name in header.meanings)
        self._wide = len(self._meanings)
        rows = bytearray(len(tables))
        for at in range(self._wide):
            rows[at :: self._wide] = tables[at << header.bits : (at + 1) << header.bits]
        self._rows = bytes(rows.translate(_RAISED))

    def weigh(self, features: Collection[int]) -> Mapping[Intent, float]:
        """How strongly all features together speak for each meaning; above 0 is for, below against."""
        rows, wide = self._rows, self._wide
        found = b"".join([rows[feature * wide : (feature + 1) * wide] for feature in features])
        unit = self.header.scale / max(len(features), 1) ** 0.5
        raised = _RAISE * len(features)
        return {
            meaning: bias + unit * (sum(found[at::wide]) - raised)
            for at, (meaning, bias) in enumerate(zip(self._meanings, self.header.biases, strict=True))
        }

    def weigh_one(self, feature: int, for_it: Intent, against: Intent) -> int:
        """How much more one feature speaks for one meaning than for another, in the file's own unit."""
        pro, con = self._meanings.index(for_it), self._meanings.index(against)
        return self._rows[feature * self._wide + pro] - self._rows[feature * self._wide + con]


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
