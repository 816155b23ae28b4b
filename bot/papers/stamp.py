"""Puts our mark into a finished form, so that it is known again when it comes back (R20, R30)."""

from functools import lru_cache

from bot.rules.papers.own_forms import PROPERTY, make_mark

_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the format's name for properties of one's own

_EMPTY = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'.encode()

Parts = tuple[tuple[str, bytes], ...]


def stamp(parts: Parts, label: str, ref: str) -> Parts:
    """The same form with our mark; a company's own properties stay."""
    there = dict(parts)
    mark = make_mark(label, ref, there["word/document.xml"].decode())
    if _PART not in there:
        there["[Content_Types].xml"] = _declare(there["[Content_Types].xml"])
        there["_rels/.rels"] = _relate(there["_rels/.rels"])
    there[_PART] = _with_property(there.get(_PART, _EMPTY), mark)
    return tuple(there.items())


@lru_cache(maxsize=64)
def _declare(types: bytes) -> bytes:
    from lxml import etree

    root = _parse(types)
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{_PART}", ContentType=_TYPE)
    return _write(root)


@lru_cache(maxsize=64)
def _relate(relations: bytes) -> bytes:
    from lxml import etree

    root = _parse(relations)
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id="rIdZhichi", Type=_RELATION, Target=_PART)
    return _write(root)


def _with_property(properties: bytes, mark: str) -> bytes:
    from lxml import etree

    root = _parse(properties)
    for old in root.findall(f"{{{_PROPERTIES}}}property[@name='{PROPERTY}']"):
        root.remove(old)
    used = {int(p.get("pid", "1")) for p in root}
    place = {"fmtid": _USER_DEFINED, "pid": str(max(used, default=1) + 1), "name": PROPERTY}
    entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", place)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = mark
    return _write(root)


def _parse(xml: bytes):  # type: ignore[no-untyped-def]  # lxml has no types
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _write(root) -> bytes:  # type: ignore[no-untyped-def]  # as above
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
