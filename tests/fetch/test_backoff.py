"""A server that failed is left alone, longer each time, and longest after a refused login."""

import pytest

from bot.errors import CertificateRefused, FolderMissing, LoginRefused, MailServerError
from bot.fetch.backoff import Failure, kind_of, pause_after


@pytest.mark.parametrize(
    ("failure", "consecutive", "seconds"),
    [
        (Failure.SERVER, 1, 5),
        (Failure.SERVER, 2, 10),
        (Failure.SERVER, 5, 80),
        (Failure.SERVER, 7, 300),
        (Failure.SERVER, 1_000_000, 300),
        (Failure.LOGIN, 1, 600),
        (Failure.LOGIN, 2, 1200),
        (Failure.LOGIN, 9, 3600),
        (Failure.CERTIFICATE, 1, 300),
        (Failure.FOLDER, 1, 60),
    ],
)
def test_the_pause_doubles_up_to_a_cap(failure: Failure, consecutive: int, seconds: float) -> None:
    assert pause_after(failure, consecutive, 0.0) == seconds


@pytest.mark.parametrize("failure", list(Failure))
@pytest.mark.parametrize("consecutive", [1, 3, 50])
def test_jitter_only_adds(failure: Failure, consecutive: int) -> None:
    plain = pause_after(failure, consecutive, 0.0)
    assert plain < pause_after(failure, consecutive, 0.99) < plain * 1.25


def test_a_refused_login_rests_at_least_ten_minutes() -> None:
    assert min(pause_after(Failure.LOGIN, n, 0.0) for n in range(1, 40)) >= 600


@pytest.mark.parametrize(("consecutive", "jitter"), [(0, 0.0), (1, 1.0), (1, -0.1)])
def test_senseless_input_is_refused(consecutive: int, jitter: float) -> None:
    with pytest.raises(ValueError, match="out of range"):
        pause_after(Failure.SERVER, consecutive, jitter)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (LoginRefused("x"), Failure.LOGIN),
        (CertificateRefused("x"), Failure.CERTIFICATE),
        (FolderMissing("x"), Failure.FOLDER),
        (MailServerError("x"), Failure.SERVER),
    ],
)
def test_each_exception_has_its_kind(error: MailServerError, kind: Failure) -> None:
    assert kind_of(error) is kind
