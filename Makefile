# The two commands that must hold on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
# What `make eval` asks about.
CORPUS ?= corpus/starter
# Of the index of the starter corpus; SANAD_DATA_DIR moves everything that is not source.
DATA   := $(or $(SANAD_DATA_DIR),data)

.PHONY: run test gate format contract eval clean

run: $(VENV)/.run
	$(BIN)/sanad serve --ingest corpus/starter --host $(HOST) --port $(PORT)

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Two thousand requests made from the OpenAPI contract; tests/test_contract.py makes the first two hundred.
contract: $(VENV)/.test
	$(BIN)/python -m benchmarks.contract

# A small evaluation that no change may harm: the starter corpus, an index of its own.
gate: $(VENV)/.test
	$(BIN)/sanad ingest corpus/starter --prune --index $(DATA)/gate
	$(BIN)/sanad eval --index $(DATA)/gate --questions evals/questions/starter.jsonl --no-ragas \
	  --gate evals/baseline-starter.json

# The full evaluation: make eval CORPUS=~/official-texts
eval: $(VENV)/.test
	$(BIN)/sanad ingest $(CORPUS) --index $(DATA)/eval
	$(BIN)/sanad eval --index $(DATA)/eval --details

# A stamp is newer than what it was made from, so that a second run installs nothing.
$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/.python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/.python
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,evals]'
	touch $@ $(VENV)/.run

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else 1)' || \
	  { echo "Sanad needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1): make PYTHON=python3.12 run" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Sanad needs the venv module of $(PYTHON): apt-get install python3-venv" >&2; exit 2; }
	@free=$$(df -Pm . | awk 'NR==2 {print $$4}'); [ "$$free" -ge 4000 ] || \
	  { echo "Sanad needs 4000 MB of free disk to install, got $$free MB: free some space" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	touch $@

clean:
	rm -rf $(VENV) $(DATA) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
