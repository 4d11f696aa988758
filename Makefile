# Everything needs Python 3.11 to 3.13 and make, nothing else; the first target run makes the environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODE := articles spiders warehouse flows examples tests hemeroteca.py

.DEFAULT_GOAL := check
.PHONY: demo check test crash soak hostile bench bench-import bench-copies bench-search bench-warehouse bench-linking test-notebook eval docs format pins clean

# Made once for all that lies in its folder: two environments begun side by side would both want to make it.
$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: requirements/dev.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: $(VENV)/ready  ## a whole run on three invented newspapers, no network
	$(BIN)/hemeroteca demo
	@echo "The command is at hand after: . $(BIN)/activate"

check: $(VENV)/ready  ## formats, lint, types, the import contract, the quick tests
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q -m "not slow and not heavy" -n 2

test: $(VENV)/ready $(VENV)/pywb/ready $(VENV)/duckdb-1.4/ready $(VENV)/duckdb-2.0/ready  ## everything
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m compileall -q $(CODE)
	$(BIN)/pytest -q -m "not heavy" -n 5 --dist loadfile --no-loadscope-reorder

crash: $(VENV)/ready  ## kill -9 at every named point and at random times, each followed by a rerun
	$(BIN)/pytest -q -m heavy
	$(BIN)/python -m tests.crash

soak: $(VENV)/ready  ## a month of invented newspapers in simulated time, with thirty kills
	$(BIN)/python -m tests.soak

hostile: $(VENV)/ready  ## hostile pages, feeds, sitemaps and bombs through a real ingest
	$(BIN)/python -m tests.hostile

bench: $(VENV)/ready  ## speed, as ratios to named peers in the same run
	$(BIN)/python -m benchmarks

bench-import: $(VENV)/ready  ## import and extraction of a CC-NEWS-like file; RECORDS=50000 takes an hour
	$(BIN)/python -m benchmarks.importing --records $(or $(RECORDS),4000)

bench-copies: $(VENV)/eval  ## how well and how fast copies are found, beside the field's tools
	$(BIN)/python -m benchmarks.copies

bench-search: $(VENV)/ready  ## search beside LIKE; ARTICLES=1000000 takes an hour
	$(BIN)/python -m benchmarks.searching --articles $(or $(ARTICLES),20000)

bench-warehouse: $(VENV)/ready  ## size, publication, questions and loads; ARTICLES=1000000 takes an hour
	$(BIN)/python -m benchmarks.warehouse --articles $(or $(ARTICLES),20000)

bench-linking: $(VENV)/ready  ## a day's articles compared with an archive of a million
	$(BIN)/python -m benchmarks.linking

$(VENV)/pywb/ready: requirements/pywb.txt | $(VENV)/pyvenv.cfg  ## a web archive for the tests, in an environment of its own
	$(PYTHON) -m venv $(VENV)/pywb
	$(VENV)/pywb/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/pywb.txt
	touch $@

$(VENV)/duckdb-%/ready: requirements/duckdb-%.txt $(VENV)/ready  ## a DuckDB that readers may have, for a test
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --upgrade --target $(@D) -r $<
	touch $@

$(VENV)/eval: requirements/eval.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/eval.txt
	touch $@

$(VENV)/notebook: requirements/notebook.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/notebook.txt
	touch $@

test-notebook: $(VENV)/notebook  ## tries the example notebook on the demo's archive, pandas and polars
	$(BIN)/pytest -q tests/integration/test_notebook.py

eval: $(VENV)/eval  ## accuracy beside the field's extractors, and cross-validation by publisher
	$(BIN)/python -m benchmarks.evaluation --worst 10 --folds 5

docs: $(VENV)/ready  ## writes docs/tables.md and the answers in docs/queries.md anew
	$(BIN)/python -m tests.docs.rewrite

format: $(VENV)/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pins:  ## needs uv; makes the pin files anew from pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra notebook --extra pandas --extra polars -c requirements/dev.txt pyproject.toml -o requirements/notebook.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group eval -c requirements/dev.txt -o requirements/eval.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group pywb -o requirements/pywb.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group duckdb-oldest -o requirements/duckdb-1.4.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group duckdb-newest -o requirements/duckdb-2.0.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
