# Two commands do all set-up: `make site` (the site in output/) and `make test` (everything proven).
PYTHON ?= python3
MINUTES ?= 30
STORIES ?= 1000
RUNS ?= 3
ARTICLES ?= 400
VENV := .venv
BENCH := .venv-bench
SEARCH := .venv-search
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
SELF_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .

.PHONY: site serve test check fuzz soak bench bench-search profile format lock clean
.DEFAULT_GOAL := site

site: $(VENV)/.site ## the locked environment, then the site in output/
	$(BIN)/sitegen build

serve: $(VENV)/.site ## the preview, with live reload
	$(BIN)/sitegen serve

test: check browser ## everything: fast tests first, then a real Chromium
	$(BIN)/python -m pytest --quiet -m browser

check: $(VENV)/.dev ## the fast part: style, types, tests without a browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet -m "not browser"

browser: $(VENV)/.dev
	$(BIN)/python tests/find_chromium.py

fuzz: $(VENV)/.fuzz ## MINUTES of new random examples for every property, then as long of bytes for the readers
	end=$$(( $$(date +%s) + 60 * $(MINUTES) )); while [ $$(date +%s) -lt $$end ]; do \
		$(BIN)/python -m pytest --quiet -m "hypothesis and not browser" --hypothesis-profile=search || exit 1; done
	$(BIN)/python tests/fuzz_parse.py $$(( 60 * $(MINUTES) ))

soak: $(VENV)/.dev ## MINUTES of new random edits, each build held against a clean one
	end=$$(( $$(date +%s) + 60 * $(MINUTES) )); while [ $$(date +%s) -lt $$end ]; do \
		$(BIN)/python -m pytest --quiet tests/test_incremental.py --hypothesis-profile=search || exit 1; done

bench: $(VENV)/.site $(BENCH)/.bench ## how fast sitegen is beside Hugo and Pelican, with so many STORIES and RUNS
	$(BIN)/python -m benchmarks.compare --stories $(STORIES) --runs $(RUNS)

bench-search: $(VENV)/.dev $(SEARCH)/.search browser ## what search finds and weighs beside Pagefind, among so many ARTICLES
	$(BIN)/python -m benchmarks.search.compare --articles $(ARTICLES) --pagefind $(SEARCH)/bin/python

profile: $(VENV)/.site ## where the time of a build with so many STORIES goes
	$(BIN)/python -m benchmarks.profiling --stories $(STORIES)

format: $(VENV)/.dev ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## newest allowed versions, pinned by hash, without the address of any index
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group build --group dev pyproject.toml --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group fuzz --output-file requirements-fuzz.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group bench --output-file requirements-bench.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group search --output-file requirements-search.lock

clean: ## the environment, the cache and the built site
	if [ -x $(BIN)/sitegen ]; then $(BIN)/sitegen clean; fi
	rm -rf $(VENV) $(BENCH) $(SEARCH)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP_INSTALL) --requirement requirements.lock
	$(SELF_INSTALL)
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	$(PIP_INSTALL) --requirement requirements-dev.lock
	touch $@

$(VENV)/.fuzz: requirements-fuzz.lock $(VENV)/.dev
	$(PIP_INSTALL) --requirement requirements-fuzz.lock
	touch $@

$(BENCH)/.bench: requirements-bench.lock
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-bench.lock
	touch $@

$(SEARCH)/.search: requirements-search.lock
	$(PYTHON) -m venv $(SEARCH)
	$(SEARCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-search.lock
	touch $@
