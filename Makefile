# Every target does its own set-up, from python3 alone. “make PYTHON=python3.12 run” chooses another Python.
PYTHON ?= python3
PORT_BASE ?= 8000
PROCESSES ?= 2
ONLY ?=
BIN := .venv/bin
export PYTHON

.PHONY: help run demo test check fix bench docs pictures pins browser core dev
.DEFAULT_GOAL := help

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: core ## start everything with invented cases, in var/demo; nothing can be sent; Ctrl-C stops it
	@exec $(BIN)/fanal up --demo --data var/demo --port-base $(PORT_BASE)

run: core ## start everything, empty, in var (or FANAL_DATA); Ctrl-C stops it
	@exec $(BIN)/fanal up --port-base $(PORT_BASE)

test: check ## everything that must hold before a change is taken: check, then all tests
	@$(BIN)/python -m compileall -q src # the tests start hundreds of processes: none of them compiles it anew
	$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile

check: dev browser ## style, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: dev ## put style right where a program can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: ## measure side by side and write docs/benchmarks.md (needs a C++ compiler for two of the peers)
	@sh tools/setup.sh bench
	$(BIN)/python tools/bench.py $(ONLY)

docs: dev ## write docs/generated again, from the code
	$(BIN)/python tools/docs.py

PIN := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11
pins: dev ## choose the newest packages that pyproject.toml allows, and pin them by hash
	$(PIN) --upgrade requirements/uv.in -o requirements/uv.txt
	$(PIN) --upgrade pyproject.toml -o requirements/core.txt
	$(PIN) --upgrade --extra dev -c requirements/core.txt pyproject.toml -o requirements/dev.txt
	$(PIN) --upgrade --extra dev --extra bench -c requirements/dev.txt pyproject.toml -o requirements/bench.txt

pictures: dev browser ## take the pictures of the documents again, from a demonstration of its own
	$(BIN)/python tools/screenshots.py

browser: ## bring Chromium and gettext where they are missing and can be had
	@sh tools/browser.sh

core:
	@sh tools/setup.sh core

dev:
	@sh tools/setup.sh dev
