# Two commands: `make book` builds the book, `make test` tests everything; `make check` leaves out what needs a built book
# or a browser, or takes more than four seconds; `make twice` builds the whole book a second time, in other circumstances, and compares.
# .venv is set up first, from the hash-pinned locks: what the book needs, and for tests what only they need.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-user

# What hosts and users set for all of their Pythons: it would install, or find, packages elsewhere than in .venv.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PYTHONPATH PYTHONHOME PYTHONOPTIMIZE

# What .venv was made for: this folder, this kind of machine, this Python, these locks. Held by content, because a copy or an archive keeps no times,
# and a virtual environment knows its folder by an absolute path. Where it differs, .venv is made anew. The path to our own code is written as seen
# from .venv: in ASCII, because Python before 3.13 reads it in the encoding of the locale, and does not start at all where that has no such letter.
book_mark = pwd -P; uname -sm; echo "$(PYTHON)"; $(BIN)/python --version 2>&1; cat requirements.lock pyproject.toml | cksum
test_mark = cksum < requirements-test.lock
ifneq ($(shell $(book_mark)),$(shell cat .venv/ready 2>/dev/null))
.PHONY: .venv/ready
endif
ifneq ($(shell $(test_mark)),$(shell cat .venv/ready-for-tests 2>/dev/null))
.PHONY: .venv/ready-for-tests
endif

.PHONY: book test check twice bench advisories clean

book: .venv/ready $(if $(filter test check twice,$(MAKECMDGOALS)),.venv/ready-for-tests)
	@$(BIN)/python -m evidence build

test: .venv/ready-for-tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python -m pytest -n auto --dist worksteal -m "not twice"

check: .venv/ready-for-tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not build and not browser and not slow"

twice: .venv/ready-for-tests
	@$(BIN)/python -m pytest -m twice

bench: .venv/ready
	@$(BIN)/python benchmarks/bench.py

.venv/ready:
	@echo "Setting up .venv / .venv を準備しています"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed / Python 3.11 以上が必要です" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' || { echo "Python lacks venv; Debian: apt install python3-venv / Python に venv がありません"; exit 1; }
	@ln -s . .link-$$$$ && rm .link-$$$$ || { echo "No link can be made here, and Python's venv needs one: put the folder on another disk / ここではリンクを作れません。別のディスクに置いてください"; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@for path in .venv/lib/python*/site-packages/*evidence_book.pth; do echo ../../../../src > "$$path"; done
	@{ $(book_mark); } > $@.new && mv $@.new $@

.venv/ready-for-tests: .venv/ready
	@echo "Adding what tests need / テストに必要なものを加えています"
	@$(PIP) --require-hashes --requirement requirements-test.lock
	@{ $(test_mark); } > $@.new && mv $@.new $@

advisories: .venv/ready-for-tests
	@$(BIN)/python tests/advisories.py

clean:
	rm -rf _build .venv
