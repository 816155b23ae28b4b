"""Header values, parameters and transfer encodings, decoded as they come, not as the RFCs wish (RFC 2045, 2047, 2231).

Python's own decoders raise on some of these; nothing here raises.
"""

import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.parse.charsets import decode_text, find_codec

MAX_HEADER_CHARS = 600_000  # enough for 5,000 recipients; what stands beyond is not read

_MAX_USUAL_CHARS = 200

# The text of a word may hold blanks, line ends and single "?", but never another word's start: so this stays linear.
_WORD = re.compile(r"=\?([^?\s]{0,60})\?([bBqQ])\?((?:[^?=]|=(?!\?[^=])|\?(?!=))*)\?=")
_BLANK = re.compile(r"\s*")
_LINE_END = re.compile(r"[ \t]*[\r\n]+[ \t]*|\t")
_SOFT_BREAK = re.compile(rb"=[ \t]+\r?\n")  # blanks at the end of a line are the transport's (RFC 2045 6.7)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_BASE64_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t"
_PROSE = 7  # one 8-bit byte in so many
_LONGEST_WORD = 50
_BASE64_THEN_TEXT = re.compile(
    rb"((?:[A-Za-z0-9+/]+={0,2}\r?\n)+)(\s*[^\n]*(?:[\x80-\xff]|[^A-Za-z0-9+/=\s][^\n]* )[\s\S]*)"
)
_PARAMETER = re.compile(r';\s*([!#-:<>-~]+)\s*=\s*("(?:[^"\\]|\\.)*(?:"|\Z)|[^;]*)', re.DOTALL)
_EXTENDED = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_QUOTED_PAIR = re.compile(r'\\(["\\])')
_NOT_IN_TYPE = re.compile(r"[^!-~]+")
_TOKEN = re.compile(r"[A-Za-z0-9-]+")
_NO_ESCAPE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # surrogates that stand for no byte


def to_bytes(value: str) -> bytes:
    """A header value of the compat32 parser (surrogate escapes for 8-bit) as the bytes of the mail."""
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _NO_ESCAPE.sub("", value).encode("utf-8", "surrogateescape")


def decode_header(value: str) -> str:
    """One header value as one clean line (RFC 2047).

    Survives words split inside a character, words in quotes or without blanks between, line ends inside a word,
    bare 8-bit text, unknown, empty and wrong charset labels.
    """
    if value.isascii() and value.isprintable() and "=?" not in value:
        return value[:MAX_HEADER_CHARS].strip()
    return _decode_usual(value) if len(value) <= _MAX_USUAL_CHARS else _decode_header(value)


def _decode_header(value: str) -> str:
    value = value[:MAX_HEADER_CHARS]
    text = "".join(_decode_pieces(value)) if "=?" in value else decode_text(to_bytes(value))
    return _LINE_END.sub(" ", text).strip() if "\n" in text or "\t" in text else text.strip()


_decode_usual = lru_cache(maxsize=1024)(_decode_header)  # every answer of a thread bears the same subject


def _decode_pieces(value: str) -> Iterator[str]:
    run: list[tuple[str, str, str]] = []  # words that follow each other: (charset, encoding, text)
    at = 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        if run and not between.isspace() and between:
            yield from _decode_run(run)
            run = []
        if not run:
            yield decode_text(to_bytes(between))
        run.append((match[1].partition("*")[0], match[2].lower(), match[3]))
        at = match.end()
    yield from _decode_run(run)
    yield decode_text(to_bytes(value[at:]))


def _decode_run(run: list[tuple[str, str, str]]) -> Iterator[str]:
    """Words of one charset are joined as bytes first: clients cut characters in two."""
    at = 0
    while at < len(run):
        label, encoding, text = run[at]
        data, at = b"", at + 1
        while at < len(run) and _charset_key(run[at][0]) == _charset_key(label):
            if encoding == run[at][1] == "b" and _is_cut_base64(text):
                text += run[at][2]
            else:
                data += _decode_word(encoding, text)
                encoding, text = run[at][1], run[at][2]
            at += 1
        yield decode_text(data + _decode_word(encoding, text), label)


def _charset_key(label: str) -> str:
    return find_codec(label) or label.lower()


def _is_cut_base64(text: str) -> bool:
    return not text.rstrip().endswith("=") and len("".join(text.split())) % 4 != 0


def _decode_word(encoding: str, text: str) -> bytes:
    data = to_bytes(text)
    if encoding == "b":
        return decode_base64(data)
    return binascii.a2b_qp(data.replace(b"\r", b"").replace(b"\n", b""), header=True)


def decode_base64(data: bytes) -> bytes:
    """Base64 that may be cut, unpadded or sprinkled with other characters; what decodes is kept.

    Text that only claims to be base64 stays as it is, and so does a footer that a gateway wrote behind the base64.
    """
    if strange := data.translate(None, _BASE64_BYTES):
        if (split := _BASE64_THEN_TEXT.fullmatch(data)) and not len(split[1].translate(None, b"\r\n")) % 4:
            return decode_base64(split[1]) + b"\n" + split[2]
        if _is_prose(data, strange):
            return data
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        sound = _NOT_BASE64.sub(b"", data)
        if len(sound) % 4 == 1:
            sound = sound[:-1]
        return binascii.a2b_base64(sound + b"=" * (-len(sound) % 4))


def _is_prose(data: bytes, strange: bytes) -> bool:
    if not strange.isascii():
        return len(strange) * _PROSE > len(data)
    if b" " not in strange or max(map(len, data.split()), default=0) > _LONGEST_WORD:
        return False
    lines = [line for line in map(bytes.strip, data.split(b"\n")) if line]
    return 2 * sum(b" " in line for line in lines) > len(lines)


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """Undo a Content-Transfer-Encoding (RFC 2045 part 6); an unknown one leaves the bytes as they are."""
    found = _TOKEN.search(encoding)
    name = found[0].lower() if found else ""
    if name == "base64":
        return decode_base64(data)
    if name == "quoted-printable":
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=\n", data) if b"= " in data or b"=\t" in data else data)
    if name in {"x-uuencode", "uuencode", "x-uue"}:
        return b"".join(_decode_uu(data))
    return data


def _decode_uu(data: bytes) -> Iterator[bytes]:
    left = len(data)  # a short line may claim much more than it holds; honest ones decode to less than they are
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line:
            continue
        try:
            decoded = binascii.a2b_uu(line)
        except binascii.Error:
            continue
        left -= len(decoded)
        if left < 0:
            return
        yield decoded


def parse_kind(main: str) -> str:
    """The first token of a Content-Type, in lower case."""
    return _NOT_IN_TYPE.sub("", main).lower()


def parse_parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """A Content-Type or Content-Disposition value as (first token in lower case, parameters), RFC 2231 undone.

    A `name*` wins over a plain `name`; names are lower case, values decoded and clean.
    """
    return _parse_usual(value) if len(value) <= _MAX_USUAL_CHARS else _parse_parameters(value)


def _parse_parameters(value: str) -> tuple[str, Mapping[str, str]]:
    main, semicolon, _ = value.partition(";")
    if not semicolon:
        return parse_kind(main), {}
    plain: dict[str, str] = {}
    extended: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value[len(main) : MAX_HEADER_CHARS]):
        name, text = match[1].lower(), _unquote(match[2])
        if not (star := _EXTENDED.fullmatch(name)):
            plain |= {name: text} if "*" not in name and name not in plain else {}
        else:
            section = (int(star[2] or 0), star[2] is None or star[3] is not None, text)
            extended.setdefault(star[1], []).append(section)
    decoded = {name: text if _is_plain(text) else decode_header(text) for name, text in plain.items()}
    decoded |= {name: text for name, parts in extended.items() if (text := _join_extended(parts))}
    return parse_kind(main), decoded


_parse_usual = lru_cache(maxsize=512)(_parse_parameters)  # text/plain; charset=utf-8 stands in every mail


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _unquote(text: str) -> str:
    text = text.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return _QUOTED_PAIR.sub(r"\1", text[1:-1])
    return text.strip('"')


def _join_extended(sections: Iterable[tuple[int, bool, str]]) -> str:
    label, data = "", b""
    for number, (_, is_encoded, text) in enumerate(sorted(sections, key=lambda section: section[0])):
        if not is_encoded:
            data += to_bytes(text)
            continue
        if number == 0 and text.count("'") >= 2:
            label, _, text = text.split("'", 2)
        data += decode_percent(to_bytes(text))
    text = decode_text(data, label)
    return decode_header(text) if "=?" in text else text


def decode_percent(data: bytes) -> bytes:
    """Undo %XX; a % without two hex digits stays."""
    return _PERCENT.sub(lambda match: bytes((int(match[1], 16),)), data)
