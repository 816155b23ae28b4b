"""A worker's name tells a later one on the same machine whether its process has surely ended."""

import os
import subprocess
import sys

import pytest

from bot.handling.worker import is_gone, name_worker

NAME = "from bot.handling.worker import name_worker; print(name_worker(), flush=True); input()"


@pytest.fixture
def other() -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read_name(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_no_two_names_are_the_same() -> None:
    assert name_worker() != name_worker()


def test_a_living_process_is_not_gone_a_killed_one_is(other: subprocess.Popen[str]) -> None:
    with other:
        name = read_name(other)
        assert not is_gone(name_worker())
        assert not is_gone(name)
        other.kill()
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(name), "dead, though nobody has buried it yet"
    assert is_gone(name)


def test_the_same_number_of_another_process_is_no_sign_of_life() -> None:
    host, machine, pid, began, token = name_worker().split("/")
    assert is_gone("/".join((host, machine, pid, str(int(began) + 1), token)))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "worker",
        "host:4711",
        "host/another boot:pid:[1]/999999999/1/token",
        "host//999999999/1/token",
        f"host/{name_worker().split('/')[1]}//1/token",
        f"host/{name_worker().split('/')[1]}/4711//token",
        f"host/{name_worker().split('/')[1]}/{2**80}/1/token",
    ],
)
def test_of_whom_nothing_can_be_known_is_not_called_gone(name: str) -> None:
    assert not is_gone(name)
