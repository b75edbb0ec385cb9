# Every task a contributor needs. Bare `make` explains them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where this is set (as in many container images), every command a test starts would compile all code anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
READY := .venv/.set-up
# How many test processes run side by side.
WORKERS ?= 4
# More words for pytest: make test ARGS="-k promise -x"
ARGS ?=

.PHONY: help setup demo run db test test-fast month lint style format types imports deps bench sure docs picture lock clean

help:  ## Explain the tasks (this list)
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'

$(READY): requirements-dev.lock package-lock.json pyproject.toml scripts/set_up.sh scripts/browser_parts.sh
	@scripts/set_up.sh

setup: $(READY)  ## Make .venv and install everything in it (nothing global); quick when nothing changed
	@scripts/browser_parts.sh

demo: setup  ## Play LINE with phones in the browser, no account needed; FRESH=1 begins anew
	@$(BIN)/fasttrack demo $(if $(FRESH),--fresh) $(ARGS)

run: $(READY)  ## Start the real service with the settings of the environment (see .env.example)
	@$(BIN)/fasttrack serve

db: $(READY)  ## Bring the database named by DATABASE_URL up to date
	@$(BIN)/fasttrack migrate

test: $(READY)  ## Run all tests, the project's own rules among them
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-fast: $(READY)  ## Run the tests but those marked slow or needing PostgreSQL
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow and not postgres" $(ARGS)

month: $(READY)  ## Live a month of two hundred cases on the turned clock, and print what LINE would bill
	@MONTH_CASES=200 $(BIN)/python -m pytest -n 0 -q -s tests/month $(ARGS)

lint: $(READY)  ## Run every check that reads code: style, types, imports, dependencies
	@$(MAKE) -j 2 types style imports deps

style: $(READY)  ## Check the style and the house form (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(READY)  ## Put the code into its house form and mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY)  ## Check the types (mypy, strict)
	@$(BIN)/mypy .

imports: $(READY)  ## Check that imports point down
	@$(BIN)/lint-imports

deps: $(READY)  ## Check that what is imported is declared, and what is declared is imported
	@$(BIN)/deptry .

bench: $(READY)  ## Measure the program and print the figures; CASES=10000,100000,1000000: pages of the desk with so many
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.pages $(if $(CASES),--cases $(CASES))

sure: lint test  ## Run everything that must pass before a change is handed over

picture: $(READY)  ## Make the pictures of the README again from the running demo (needs Chromium)
	@$(BIN)/python -m scripts.take_picture

docs: $(READY)  ## Write again the pages that are made from the code
	@$(BIN)/python -m scripts.write_docs

lock:  ## Choose dependency versions anew and write both locks (needs uv)
	@scripts/lock.sh

clean:  ## Remove caches and build left-overs; keeps .venv and your data
	@rm -rf build dist .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis htmlcov *.egg-info
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
