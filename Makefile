# make demo: the made-up county, end to end. make test: lint, types, all tests; make quick: the tests that
# are not marked slow. They set up what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test quick lint types unit docs site bundle bench bench-ledger bench-papers clean lock

demo: $(READY)
	rm -rf demo
	$(BIN)/zjf demo demo

# Side by side: types are looked at by one process.
test: $(READY)
	$(MAKE) --no-print-directory --jobs 2 lint types unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(READY)
	$(BIN)/mypy

# Module by module, as tests/conftest.py has them in order; what Python compiles is kept for the next process.
# There is one process more than cores: while one waits for a disk, a browser or another program, the others work.
unit quick: export PYTHONDONTWRITEBYTECODE =
PROCESSES = $$($(BIN)/python -c "import os; print(os.cpu_count() + 1)")
PYTEST = $(BIN)/pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

unit: $(READY)
	$(PYTEST)

quick: $(READY)
	$(PYTEST) -m 'not slow'

docs: $(READY)
	$(BIN)/python -m docs.generate

# The documents as pages to read from the disk: open site/index.html.
site: $(READY)
	$(BIN)/mkdocs build --strict --quiet
	@echo site/index.html

# Offline bundles, into dist/: make bundle SYSTEMS=windows-x86_64 PYTHONS="3.11 3.13" EXTRAS="pdf letter"
bundle: $(READY)
	$(BIN)/python -m tools.bundle make $(SYSTEMS:%=--system %) $(PYTHONS:%=--python %) $(EXTRAS:%=--extra %)

bench: $(READY)
	$(BIN)/python -m benchmarks.page

bench-ledger: $(READY)
	$(BIN)/python -m benchmarks.ledger

bench-papers: $(READY)
	$(BIN)/python -m benchmarks.papers

clean:
	rm -rf $(VENV) demo build dist site .mypy_cache .ruff_cache .pytest_cache

# The versions that the project is known to work with; `make lock` looks for newer ones.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all,dev]'
	$(BIN)/python -m compileall -q zjf  # an editable install leaves that to each start, which may not be allowed to
	touch $(READY)

lock:
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[all,dev]'
	$(BIN)/pip freeze --exclude-editable > constraints.txt
	$(BIN)/python -m tests.tools.recorded_wheels
	touch $(READY)
