# `make run` and `make test` need nothing first: each does its own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= index
PORT ?= 8000

# Plain PyPI brings gigabytes of CUDA with torch on Linux, so PyTorch's own index of CPU builds is added, unless
# this machine has pip sources of its own.
ifeq ($(strip $(PIP_FIND_LINKS)$(PIP_INDEX_URL)$(PIP_EXTRA_INDEX_URL)),)
ifeq ($(shell uname -s),Linux)
TORCH_SOURCE := --extra-index-url https://download.pytorch.org/whl/cpu
endif
endif
TYPESCRIPT := 5.9.3
TSC := $(VENV)/npm/node_modules/.bin/tsc
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup browser run test test-llm lint types widget-types layers tests format eval clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Citewise needs Python 3.11 or newer; set PYTHON=python3.11")'
	@echo "setting up $(VENV): a few minutes the first time"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt --upgrade pip
	@$(PIP) install --constraint constraints.txt $(TORCH_SOURCE) torch
	@$(PIP) install --constraint constraints.txt --group dev --editable .
	@touch $@

# The browser tests drive Debian's Chromium. It is installed where there is none and we may; elsewhere they are left
# out, unless CI is true, where a missing browser fails them.
browser:
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && [ -z "$(CHROMIUM)" ] \
	    && command -v apt-get >/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null || true; \
	    elif sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq chromium >/dev/null || true; fi; fi

run: setup
	@$(BIN)/citewise index corpus --index $(INDEX)
	@echo
	@$(BIN)/citewise ask "How long do unpaid carers wait for an assessment in Brackenshire?" --index $(INDEX)
	@echo
	@echo "Citewise listens on http://127.0.0.1:$(PORT) (Ctrl+C ends it)"
	@$(BIN)/citewise serve --index $(INDEX) --port $(PORT)

test: lint types layers tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup widget-types
	$(BIN)/mypy

# The widget's JSDoc types, by TypeScript's compiler. It comes from npm; without it the step is left out, but not in CI.
widget-types: setup
	@test -x $(TSC) || npm install --silent --no-save --no-package-lock --prefix $(VENV)/npm typescript@$(TYPESCRIPT) || true
	@if [ -x $(TSC) ]; then $(TSC) --project service/channels/widget/source/jsconfig.json && echo "Success: the widget's types fit"; \
	else echo "npm is missing or got nothing: the widget's types are not checked" >&2; [ "$$CI" != true ]; fi

layers: setup
	$(BIN)/lint-imports

tests: setup browser
	$(BIN)/pytest --numprocesses 2

test-llm: setup
	@$(PIP) install --constraint constraints.txt --group llm
	$(BIN)/python tests/llm/build.py $(VENV)/llm
	CITEWISE_TEST_LLM=$(VENV)/llm $(BIN)/pytest tests/llm/real_server.py

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: setup
	$(BIN)/citewise eval

clean:
	rm -rf $(VENV) $(INDEX) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
