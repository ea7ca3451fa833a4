# The commands of the README. Everything is installed into .venv, from locked and hashed requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# modules are compiled once, as an installation has them: a test run starts the bot some two hundred times
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test check bench soak ci lock contracts clean

demo: $(VENV)/.runtime
	@$(BIN)/python -m bot demo $(DEMO)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 6 --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot lessons check
	$(BIN)/python -m pytest tests/test_docs.py tests/test_settings.py

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.run

soak: $(VENV)/.dev
	$(BIN)/python -m tests.soak.run $(SOAK)

ci: export CI = true
ci: test check

lock:
	uv pip compile -q pyproject.toml -o requirements.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate
	uv pip compile -q pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

contracts:
	tests/contracts/generate.sh

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist test-output bench.json soak.json soak-runs.json

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Missing Link needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
