# The two commands are `make run` and `make test`. Everything lives in .venv, made on first use.
PYTHON ?= python3
SERVE ?= 1
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test lint bench docs peers clean lock format

run: $(READY)  ## set up, build the example in ./demo, scan and gate it, serve the console (SERVE=0: stop before)
	@$(BIN)/reprieve demo --directory demo $(if $(filter-out 0,$(SERVE)),--serve --no-open)

test: $(READY)  ## set up and run every test; those of the console once more on PostgreSQL
	@$(BIN)/python -m pytest -n auto
	@$(BIN)/python -m pytest -n auto tests/console --database postgresql

peers: $(READY)  ## other tools that we are tried with, each in an environment of its own below .peers
	@$(BIN)/python -m tests.peers

lint: $(READY)  ## ruff, mypy --strict and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose 2>/dev/null || $(BIN)/lint-imports

bench: $(READY)  ## measure against the baselines of the design, as ratios; writes bench/results.md
	@$(BIN)/python -m bench

docs: $(READY)  ## docs/commands.md, docs/checks/ and the screenshots
	@$(BIN)/python docs/commands.py
	@$(BIN)/python docs/checks.py
	@$(BIN)/python docs/screenshots/take.py
	@$(BIN)/python -m docs.screenshots.console

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:  ## renew requirements.lock: pins and hashes, no index addresses
	@$(BIN)/pip-compile --quiet --extra dev --extra console --extra postgres --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-options --no-header --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .peers demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Reprieve needs Python 3.11 or newer: set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3 -m venv failed: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
