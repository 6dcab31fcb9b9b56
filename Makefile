# make demo   installs into .venv, serves on loopback, shows one card        make test   everything that needs no root
# make check  the static checks alone    make bench   benchmarks             make test-system   PostgreSQL, HAProxy, Chromium
# make soak   what takes hours: SOAK_CYCLES, SOAK_RESTARTS, SOAK_SECONDS             make mutation   which changes of the code no test sees

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo serve test test-system check bench soak mutation lock clean

demo: $(VENV)/.runtime
	$(BIN)/liver-cds demo

serve: $(VENV)/.runtime
	$(BIN)/liver-cds serve

test: check
	$(BIN)/pytest -n auto -m "not system"

test-system: $(VENV)/.dev
	$(BIN)/pytest -m system

# The second implementation on 100,000 charts (seven minutes of one core); processes and the database killed, restarted and away; ten
# times as many requests made from the OpenAPI document as test-system sends, other ones each time (half an hour).
soak: export SOAK_CYCLES ?= 1000
soak: export SOAK_RESTARTS ?= 20
soak: export SOAK_SECONDS ?= 60
soak: $(VENV)/.dev
	$(BIN)/python -m tests.second.run
	$(BIN)/pytest -m system -s tests/system -k "test_100 or test_105 or test_113"
	CONTRACT_CASES=20000 $(BIN)/pytest -m system tests/system/test_contract.py

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/liver-cds check

# Hours on one core; takes up where it was stopped. What lives: docs/safety/mutation.md.
mutation: $(VENV)/.dev
	$(INSTALL) mutmut==3.8.1
	nice -n 19 $(BIN)/mutmut run --max-children 1
	$(BIN)/mutmut results

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.evaluate
	$(BIN)/python -m benchmarks.hook

# Raise versions on purpose: make lock, read the difference, commit it.
lock: $(VENV)/.dev
	$(INSTALL) pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --all-build-deps --allow-unsafe --no-emit-index-url \
	  --no-emit-find-links -o requirements/runtime.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --all-build-deps --allow-unsafe --no-emit-index-url \
	  --no-emit-find-links --extra dev -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist mutants *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/runtime.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements/dev.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.runtime
