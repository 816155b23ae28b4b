"""The kinds of value a setting may hold; each complaint says the cure. None ever repeats a secret."""

import difflib
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.rules.words import Role

LONGEST_RANGE = timedelta(days=366)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)")
_ENV_NAME = re.compile(r"[A-Z][A-Z0-9]*(_+[A-Z0-9]+)+")
_TIME = re.compile(r"\d\d?:\d\d(:\d\d)?")


class Section(BaseModel):
    """Base of all sections: fixed once read, unknown keys are faults, no error repeats its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


def nearest(word: str, known: Iterable[str]) -> str:
    """` did you mean "x"?` for the likeliest of `known`, or ""."""
    lower = {k.lower(): k for k in known}
    close = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return f'; did you mean "{lower[close[0]]}"?' if close else ""


def one_of(word: str, noun: str, known: Iterable[str]) -> str:
    """The complaint about a word that is none of `known`."""
    words = list(known)
    return f'"{word}" is not {noun}{nearest(word, words) or "."} One of: {", ".join(words)}'


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        strange = sorted({c for c in text if not c.isascii()})
        cure = f"retype {' '.join(strange)} in ASCII" if strange else "write the address alone: name@company.example"
        raise ValueError(f'"{text}" is not an e-mail address; {cure}')
    return text.lower()


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*\]?", text):
        raise ValueError(f'"{text}" is not a host name; write it alone, like imap.company.example')
    return text


def _env_name(text: str) -> str:
    if text and not _ENV_NAME.fullmatch(text):
        cure = "write the name of an environment variable such as ZHICHI_MAIL_PASSWORD, not the secret itself"
        raise ValueError(f"{cure} (upper case, with an underscore)")
    return text


def _time_of_day(value: object) -> time:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    if isinstance(value, str) and _TIME.fullmatch(value.strip()):
        try:
            return time.fromisoformat(value.strip().zfill(5))
        except ValueError:
            pass
    raise ValueError(f'{shown(value)} is not a time of day; write "09:00"')


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            pass
    raise ValueError(f'{shown(value)} is not a date; write "2027-02-05"')


def _days(value: object) -> tuple[date, ...]:
    """One date, or a range `first/last` with both included."""
    if not (isinstance(value, str) and "/" in value):
        return (_day(value),)
    first, last = (_day(part) for part in value.split("/", 1))
    if last < first:
        raise ValueError(f'"{value}" ends before it begins; write the earlier date first')
    if last - first > LONGEST_RANGE:
        raise ValueError(f'"{value}" is longer than a year; check the years')
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ValueError(f'"{name}" is no known time zone{nearest(name, available_timezones())}') from None
    return name


def _role(value: object) -> Role:
    roles = [role.value for role in Role]
    if isinstance(value, str) and value.strip() in roles:
        return Role(value.strip())
    raise ValueError(one_of(value, "a role", roles) if isinstance(value, str) else f"{shown(value)} is not a role")


def _not_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"{shown(value)} is not a number")  # noqa: TRY004  pydantic collects ValueErrors only
    return value


def _number(value: object) -> object:
    """A number of the file as it is written: 1.2 means 1.2, not the binary fraction next to it."""
    return str(_not_bool(value)) if isinstance(value, int | float) else value


def shown(value: object) -> str:
    """A value as the file's author wrote it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


Email = Annotated[str, AfterValidator(_email)]
EmailOrEmpty = Annotated[str, AfterValidator(lambda text: _email(text) if text else text)]
Host = Annotated[str, AfterValidator(_host)]
Text = Annotated[str, Field(min_length=1)]
EnvName = Annotated[str, AfterValidator(_env_name)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[date, ...], BeforeValidator(_days)]
ZoneName = Annotated[str, AfterValidator(_zone)]
RoleName = Annotated[Role, BeforeValidator(_role)]
OptionalPath = Annotated[Path | None, BeforeValidator(_empty_is_none)]
Seconds = Annotated[float, BeforeValidator(_not_bool), Field(gt=0, le=86400)]
Count = Annotated[int, BeforeValidator(_not_bool), Field(ge=1)]
Port = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=65535)]
Hours = Annotated[float, BeforeValidator(_not_bool), Field(ge=0, le=200)]
Weekday = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=7)]
Coefficient = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=10)]
WorkingDays = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=250)]
