# make chat: set up, and start the chat at http://127.0.0.1:7860
# make test: set up, and check everything
# make eval: set up, and measure all that there is data for; DATA names the folder of public data

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
DATA ?= $(wildcard benchmarks)
# Two test files at a time: each process holds the models. A file stays in one process.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install -c requirements.lock

.PHONY: chat test eval baseline lock clean
.DELETE_ON_ERROR:

chat: $(VENV)/installed
	$(BIN)/article-qa chat

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --cov --cov-branch --cov-report=term

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "article-qa needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing (minutes the first time)..."
	$(PIP) -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) -e '.[dev]'
	sh tests/install_chromium.sh $(BIN)/python
	@touch $@

eval: $(VENV)/installed
	$(BIN)/article-qa eval $(if $(DATA),--data $(DATA))

# Writes what the tests hold the answers to; a commit of its own, which says what became better.
baseline: $(VENV)/installed
	$(BIN)/python -m evals.baseline

# Writes every version that is installed now. pip names the CPU build of torch, which the public
# index lacks: its suffix is cut off.
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
