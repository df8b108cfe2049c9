# make chat: set up, and start the chat at http://127.0.0.1:7860
# make test: set up, and check everything

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install -c requirements.lock

.PHONY: chat test lock clean
.DELETE_ON_ERROR:

chat: $(VENV)/installed
	$(BIN)/article-qa chat

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-branch --cov-report=term

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

# Writes every version that is installed now. pip names the CPU build of torch, which the public
# index lacks: its suffix is cut off.
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
