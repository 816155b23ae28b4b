"""Only this root conftest may name pytest plugins: one module a kind of real server, one line each."""

from hypothesis import settings

pytest_plugins = [
    "tests.servers.postgres",
    "tests.servers.mailhub",
    "tests.servers.signing",
]

# Wall-clock time on a busy machine says nothing; what does not end, pytest-timeout ends.
settings.register_profile("zhichi", deadline=None)
settings.load_profile("zhichi")
