"""How long to leave a server alone after a failure. Pure: no clock, no dice of its own."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import CertificateRefused, FolderMissing, LoginRefused, MailServerError


class Failure(StrEnum):
    """What went wrong, as far as patience depends on it."""

    LOGIN = "login"  # repeated logins lock the account for longer (mail-in-china.md B4)
    CERTIFICATE = "certificate"  # only an operator can cure it
    FOLDER = "folder"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class _Pause:
    first: float
    longest: float


_PAUSES = {
    Failure.LOGIN: _Pause(first=600, longest=3600),
    Failure.CERTIFICATE: _Pause(first=300, longest=3600),
    Failure.FOLDER: _Pause(first=60, longest=600),
    Failure.SERVER: _Pause(first=5, longest=300),
}
_DOUBLINGS = 16  # enough to reach every cap; keeps the power small


def kind_of(error: MailServerError) -> Failure:
    """The kind of failure an exception stands for."""
    if isinstance(error, LoginRefused):
        return Failure.LOGIN
    if isinstance(error, CertificateRefused):
        return Failure.CERTIFICATE
    if isinstance(error, FolderMissing):
        return Failure.FOLDER
    return Failure.SERVER


def pause_after(failure: Failure, consecutive: int, jitter: float) -> float:
    """Seconds to wait after the `consecutive`-th failure in a row (from 1): doubled each time up to a cap.

    `jitter` in [0, 1) adds up to a quarter, never takes away, so that accounts do not dial in step.
    """
    if consecutive < 1 or not 0 <= jitter < 1:
        raise ValueError(f"consecutive {consecutive} or jitter {jitter} out of range")
    pause = _PAUSES[failure]
    return min(pause.first * 2.0 ** min(consecutive - 1, _DOUBLINGS), pause.longest) * (1 + jitter / 4)
