# Works from a clean clone on a bare Debian 12 with nothing but make and python3.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check vulns fuzz learn soak bench lock clean
BIN := .venv/bin
SECONDS := 30

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

setup: .venv/.ready ## make .venv with the locked libraries and the command .venv/bin/zhichi

.venv/.ready: requirements.lock pyproject.toml .ci/setup
	@.ci/setup

demo: .venv/.ready ## the whole story on embedded mail servers, in under a minute
	@$(BIN)/zhichi demo

test: .venv/.ready ## all tests; those that need Dovecot, Postfix or PostgreSQL skip without them
	@$(BIN)/python -m pytest -q -n auto --maxprocesses=4 --dist worksteal

check: .venv/.ready ## style, security rules, types, and which part may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

vulns: ## ask the public vulnerability databases about the locked versions (needs pip-audit and the network)
	@command -v pip-audit >/dev/null || { echo "make vulns needs pip-audit; see its documentation for how to install it" >&2; exit 1; }
	pip-audit --requirement requirements.lock --disable-pip --require-hashes

fuzz: .venv/.ready ## fuzz every reader of mail for so long each: make fuzz SECONDS=30
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

learn: .venv/.ready ## learn anew how people answer, from the labelled replies in tests/ (downloads scikit-learn into .learn)
	@$(BIN)/python -m tests.learning

soak: .venv/.ready ## kill the bot SOAK_KILLS times (1000), at most SOAK_SECONDS (14400), and count what people got
	SOAK_KILLS=$${SOAK_KILLS:-1000} SOAK_SECONDS=$${SOAK_SECONDS:-14400} \
		$(BIN)/python -m pytest -q --timeout=0 tests/faults/test_kills.py

bench: .venv/.ready ## measure speed against floors and peers; one part: make bench BENCH=ingest
	@$(BIN)/python -m benchmarks $(BENCH)

lock: ## choose library versions anew and write requirements.lock with hashes, without a registry's address (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv; see its documentation for how to install it" >&2; exit 1; }
	uv lock --upgrade --quiet
	uv export --frozen --all-extras --all-groups --no-emit-project --no-header --no-annotate --quiet \
		--format requirements.txt --output-file requirements.lock

clean: ## remove .venv and everything made by tools
	rm -rf .venv .learn build dist *.egg-info .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
