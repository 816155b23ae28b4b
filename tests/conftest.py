"""Only this root conftest may name pytest plugins: one module a kind of real server, one line each."""

pytest_plugins = [
    "tests.servers.postgres",
    "tests.servers.mailhub",
]
