"""RFC 5545 and 5546 line by line, without the library that wrote the file."""

import re

REQUIRED_OF_EVENT = {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER", "ATTENDEE", "SUMMARY"}
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:,\"]*)(?:,(?:\"[^\"]*\"|[^;:,\"]*))*)*):(.*)", re.DOTALL)

Component = list[tuple[str, str, str]]  # name, parameters, value


def unfold(content: bytes) -> list[str]:
    """The content lines; every octet rule is checked on the way."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b""), "a bare line feed"
    assert b"\r" not in content.replace(b"\r\n", b""), "a bare carriage return"
    lines: list[bytes] = []
    for physical in content[:-2].split(b"\r\n"):
        assert physical, "an empty line"
        assert len(physical) <= 75, f"{len(physical)} octets in a line"
        physical.decode("utf-8")  # a fold never cuts a character in two
        if physical[:1] in {b" ", b"\t"}:
            lines[-1] += physical[1:]
        else:
            lines.append(physical)
    return [line.decode("utf-8") for line in lines]


def components(content: bytes) -> dict[str, list[Component]]:
    """The properties of each component by its kind, after checking that BEGIN and END nest."""
    found: dict[str, list[Component]] = {}
    open_ones: list[tuple[str, Component]] = []
    for line in unfold(content):
        matched = _LINE.fullmatch(line)
        assert matched, f"no content line: {line!r}"
        name, parameters, value = matched.groups()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), "a control character"
        if name == "BEGIN":
            open_ones.append((value, []))
        elif name == "END":
            kind, properties = open_ones.pop()
            assert kind == value
            found.setdefault(kind, []).append(properties)
        else:
            open_ones[-1][1].append((name, parameters, value))
    assert not open_ones
    return found


def check(content: bytes) -> dict[str, list[Component]]:
    """Everything a calendar with one event must keep; its components."""
    found = components(content)
    (calendar,), (event,) = found["VCALENDAR"], found["VEVENT"]
    head = {name: value for name, _, value in calendar}
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert head["METHOD"] in {"REQUEST", "CANCEL"}
    names = [name for name, _, _ in event]
    assert set(names) >= REQUIRED_OF_EVENT
    assert all(names.count(once) == 1 for once in (*REQUIRED_OF_EVENT - {"ATTENDEE"}, "DTEND"))
    values = {name: (parameters, value) for name, parameters, value in event}
    assert re.fullmatch(r"\d{8}T\d{6}Z", values["DTSTAMP"][1]), "DTSTAMP is UTC"
    assert values["ORGANIZER"][1].startswith("mailto:")
    for edge in ("DTSTART", "DTEND"):
        parameters, value = values[edge]
        if "TZID" in parameters:
            zone = parameters.partition("TZID=")[2]
            assert zone in {v for zones in found["VTIMEZONE"] for n, _, v in zones if n == "TZID"}
            assert re.fullmatch(r"\d{8}T\d{6}", value)
        else:
            assert (parameters, bool(re.fullmatch(r"\d{8}", value))) == (";VALUE=DATE", True)
    return found


def value_of(found: dict[str, list[Component]], name: str, kind: str = "VEVENT") -> str:
    """The one value of a property."""
    (value,) = [v for n, _, v in found[kind][0] if n == name]
    return value


def attendees(found: dict[str, list[Component]]) -> dict[str, str]:
    """Address → parameters of each ATTENDEE."""
    return {v.removeprefix("mailto:"): p for n, p, v in found["VEVENT"][0] if n == "ATTENDEE"}
