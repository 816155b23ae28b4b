"""Free loopback ports below the ephemeral range, where no client socket can steal them."""

import random
import socket

_FIRST, _LAST = 20_000, 32_000


def find_free_ports(count: int) -> list[int]:
    """`count` different ports nobody listens on, held open together while looking so that none comes twice."""
    held: list[socket.socket] = []
    try:
        while len(held) < count:
            probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                probe.bind(("127.0.0.1", random.randint(_FIRST, _LAST)))
            except OSError:
                probe.close()
            else:
                held.append(probe)
        return [probe.getsockname()[1] for probe in held]
    finally:
        for probe in held:
            probe.close()
