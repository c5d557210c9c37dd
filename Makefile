# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
# Two workers: the suite is made for two cores.
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run check lint format test bench train lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## set up the virtual environment, with the tools for development

$(RUNS): pyproject.toml config/constraints.txt
	@echo 'Setting up (once; a minute or less) …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint config/constraints.txt --editable .
	@touch $@

$(READY): $(RUNS)
	@echo 'Setting up the tools for development (once) …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint config/constraints.txt --editable '.[dev]'
	@touch $@

run: $(RUNS) ## the playground on http://127.0.0.1:8080, or with BOT_TOKEN the real bot
	@if [ -n "$$BOT_TOKEN" ]; then exec $(BIN)/python -m bot poll; else exec $(BIN)/python -m bot play; fi

check: $(RUNS) ## validate settings, the desk file and the texts
	$(BIN)/python -m bot check

format: $(READY) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY) ## format, lint, types, imports, texts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot check --texts

test: $(READY) ## all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

bench: $(READY) ## benchmarks, as ratios against a baseline of the same run
	$(BIN)/python -m tests.bench

train: $(READY) ## rebuild the triage model from the corpus; fails when it got worse
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint config/constraints.txt --editable '.[train]'
	$(BIN)/python -m bot.triage.training

lock: ## renew config/constraints.txt from pyproject.toml
	rm -rf var/lock && $(PYTHON) -m venv var/lock
	var/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[dev,train]'
	{ echo '# The whole set, locked by `make lock`.'; var/lock/bin/python -m pip freeze --exclude vratar; } > config/constraints.txt
	rm -rf var/lock

clean: ## remove what the targets above have made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
