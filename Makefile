# Everything works from a fresh clone: each target makes the environment it needs in .venv first.
PYTHON ?= python3
FILES ?=
SEED ?= 1
STORIES ?= 20000

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
BENCH := .venv-bench

.PHONY: env demo test lint chaos soak bench lock clean
.DEFAULT_GOAL := env

env: $(READY) ## the virtual environment, with pinned and hash-checked packages

$(READY): deploy/requirements-dev.lock pyproject.toml
	@echo "environment: making $(VENV) with $$($(PYTHON) --version) and installing the pinned packages"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@printf '*\n' > $(VENV)/.gitignore
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: env ## the seed (and FILES="…") through a real Kafka, shown and stopped
	@$(BIN)/python -m deploy.demo $(FILES)

test: env ## all tests, against a real Kafka
	@echo "tests: unit tests, then broker tests against Apache Kafka (started here unless WORKER_KAFKA_BOOTSTRAP_SERVERS is set)"
	@$(BIN)/python -m pytest tests -m "not slow"

lint: env ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

chaos: env ## the long fault run: kills, zombies, broker restarts; SEED=1 STORIES=20000
	$(BIN)/python -m tests.chaos.run --seed $(SEED) --stories $(STORIES) --long

soak: env ## tests marked slow
	$(BIN)/python -m pytest tests -m slow

$(BENCH)/ready: deploy/requirements-bench.lock pyproject.toml
	@echo "environment: making $(BENCH) with the peers that are measured against (1 GB)"
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@printf '*\n' > $(BENCH)/.gitignore
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements-bench.lock
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(BENCH)/ready

bench: $(BENCH)/ready ## every benchmark, one after another, beside its peers; an hour
	@for each in tests/benchmarks/[a-z]*.py; do echo "== $$each"; PYTHONPATH=. $(BENCH)/bin/python $$each || exit 1; done

lock: ## pin all packages again (needs uv)
	deploy/lock.sh

clean: ## remove the environment and caches
	rm -rf $(VENV) $(BENCH) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
