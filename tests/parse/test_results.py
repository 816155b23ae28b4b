"""Our own reading of the usual Authentication-Results says what authres says, or leaves it to that (RFC 8601)."""

import pytest

from bot.parse.results import read_by_library, read_plain, read_results

ID = "mx.corp.example"
USUAL = [
    f"{ID}; dmarc=pass header.from=corp.example",
    f"{ID} 1; spf=pass smtp.mailfrom=boss@corp.example",
    f"{ID}; dkim=pass (2048-bit key) header.d=corp.example header.i=@corp.example header.s=s1 header.b=Ab1",
    f"{ID}; DKIM=Pass (ok) (again) Header.D=Corp.Example; dmarc=fail (p=reject dis=none) header.from=corp.example",
    f"{ID}; iprev=pass policy.iprev=192.0.2.1; auth=pass smtp.auth=boss",
]
UNUSUAL = [
    f"{ID}; none",
    f"{ID}; nonesuch=pass",
    f"{ID} 2; spf=pass",
    f'{ID}; spf=pass reason="good" smtp.mailfrom=boss@corp.example',
    f"{ID}; dkim/1=pass header.d=corp.example",
    f"{ID}; dkim=pass (nested (comment)) header.d=corp.example",
    f"{ID}; dmarc=pass action=none header.from=corp.example",
    f"{ID}; dkim=pass header.i=@corp@corp.example",
    f'{ID}; dkim=pass header.d=corp.example header.i="boss x"@corp.example',
    f"{ID}; dkim=pass header.d = corp.example",
    f"{ID}; spf=pass;; dkim=pass",
    f"{ID}",
    "",
    f"(first) (second) {ID}; dmarc=pass header.from=corp.example",
    "a..b; spf=pass",
    f"{ID}; spf=通过",
]


@pytest.mark.parametrize("value", USUAL)
def test_the_usual_form_is_read_here_as_authres_reads_it(value: str) -> None:
    assert read_plain(value)
    assert read_plain(value) == read_by_library(value)


@pytest.mark.parametrize("value", UNUSUAL)
def test_any_other_form_is_left_to_authres(value: str) -> None:
    assert read_plain(value) is None
    assert read_results(value) == read_by_library(value)


def test_the_first_of_two_equal_properties_counts() -> None:
    (result,) = read_results(f"{ID}; dkim=pass header.d=corp.example header.d=evil.example")
    assert result.get("header.d") == "corp.example"
    assert result.get("header.i") == ""
