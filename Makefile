# Everything starts here: `make help` lists the targets. Needs Python 3.11 or newer and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
DEMO ?= 1
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
INSTANCE := $(or $(INSTANCE_PATH),instance)
VENV := .venv
BIN := $(VENV)/bin
COMMAND := $(BIN)/citizenfeedback
PYTEST := PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -X utf8 -m pytest -p xdist -n $(JOBS) --dist loadfile

export HOST PORT

.PHONY: help install install-test run check format test test-quick browser bench docs lock migration

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; do printf '  %-12s %s\n' "$$name" "$$what"; done

install: $(VENV)/base.stamp ## the virtual environment with what running needs

install-test: $(VENV)/test.stamp

$(VENV)/base.stamp: requirements/base.txt setup.cfg pyproject.toml
	@PYTHON="$(PYTHON)" bash scripts/install.sh base
	@touch $@

$(VENV)/test.stamp: requirements/test.txt setup.cfg pyproject.toml
	@PYTHON="$(PYTHON)" bash scripts/install.sh test
	@touch $@ $(VENV)/base.stamp

run: install ## install, make the database, fill in the demonstration, serve on HOST:PORT
	@if [ ! -e "$(INSTANCE)/started" ]; then \
	  $(COMMAND) init; \
	  if [ "$(DEMO)" = 0 ]; then $(COMMAND) user first; else $(COMMAND) demo; fi; \
	  touch "$(INSTANCE)/started"; \
	fi
	@exec $(COMMAND) serve --init

check: install-test ## style, types, import contracts, templates, spelling, documents in step
	@bash scripts/check.sh

format: install-test ## put the code in the house's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

test: install-test ## all tests but the load tests: SQLite, PostgreSQL and a browser
	@bash scripts/browser.sh
	@$(PYTEST) tests

test-quick: install-test ## the tests for the working loop, under 90 seconds
	@$(PYTEST) tests -m 'not browser and not slow'

browser: install-test ## the browser tests alone
	@bash scripts/browser.sh
	@$(PYTEST) tests/browser

bench: install-test ## measure beside the bare limits, some minutes (ARGS=--quick: shorter)
	@$(BIN)/python -m bench $(ARGS)

docs: install-test ## write the generated documents anew
	@$(BIN)/python docs/generate.py

lock: install-test ## pin the newest versions that setup.cfg allows, with their hashes
	@bash scripts/lock.sh

migration: install-test ## NAME=what_it_does: draft the next numbered migration
	@$(BIN)/python scripts/migration.py "$(NAME)"
