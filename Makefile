# Two commands: `make book` builds the book, `make test` tests everything. Both set up .venv first, from the hash-pinned lock.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: book test bench lock clean

book: .venv/ready
	@$(BIN)/evidence build

test: .venv/ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/pytest

bench: .venv/ready
	@$(BIN)/python benchmarks/bench.py

.venv/ready: requirements.lock pyproject.toml
	@echo "Setting up .venv / .venv を準備しています"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed / Python 3.11 以上が必要です" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf _build .venv
