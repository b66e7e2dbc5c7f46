# Each target sets up what it needs: Python 3.11 or newer, make and a C library are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)
PROFILE ?= quick
BUDGET ?= 300

.DEFAULT_GOAL := help
.PHONY: bench bench-peers bounds bracket check clean collapse folklore geometry help hunt hunt-properties imports install-group l1 lint lock mutate packing proofs readme report report-check setup test toys transition types versus

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 13

setup: $(READY) ## install the locked environment into .venv

# pip and uv install the same locked, hashed files; uv is only faster.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(sys.version_info < (3, 11) and f"lcs needs Python 3.11 or newer; $(PYTHON) is {v} (set PYTHON=...)")'
ifeq ($(UV),)
	@$(PYTHON) -m venv --clear $(VENV) || { echo "the venv module is missing: on Debian, install python3-venv" >&2; exit 1; }
	@echo "installing the locked environment into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
else
	@$(UV) venv --quiet --clear --python $(PYTHON) $(VENV)
	@echo "installing the locked environment into $(VENV) ..."
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
endif
	@touch $(READY)

bounds: $(READY) ## measure minimal d against the bounds (PROFILE=quick|paper|full, FRESH=1)
	@$(BIN)/python -m experiments.scaling --profile $(PROFILE) $(if $(FRESH),--fresh)

bracket: $(READY) ## bracket d on a grid and against k/eps, meet tight frames (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.bracket --profile $(PROFILE) $(if $(FRESH),--fresh)

collapse: $(READY) ## measure optimal probes against min(1, k alpha_1) (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.collapse --profile $(PROFILE) $(if $(FRESH),--fresh)

geometry: $(READY) ## search for large cosines under bounded lengths (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.geometry --profile $(PROFILE) $(if $(FRESH),--fresh)

packing: $(READY) ## search small packings, against bounds and records (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.packing --profile $(PROFILE) $(if $(FRESH),--fresh)

folklore: $(READY) ## hold folklore on nearly orthogonal vectors against proved bounds (seconds)
	@$(BIN)/python -m experiments.folklore

transition: $(READY) ## count l1 recoveries across the phase transition (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.transition --profile $(PROFILE) $(if $(FRESH),--fresh)

versus: $(READY) ## d and errors of linear and l1 access on the same codes (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.linear_vs_l1 --profile $(PROFILE) $(if $(FRESH),--fresh)

l1: transition versus ## the tables and figures of l1 access (PROFILE=quick|paper, FRESH=1)

toys: $(READY) ## train toy models of superposition, draw every figure (PROFILE=quick|paper, FRESH=1)
	@$(BIN)/python -m experiments.toys --profile $(PROFILE) $(if $(FRESH),--fresh)
	@$(BIN)/python -m experiments.toy_codes --profile $(PROFILE) $(if $(FRESH),--fresh)
	@$(BIN)/python -m experiments.toy_geometry --profile $(PROFILE) $(if $(FRESH),--fresh)
	@$(BIN)/python -m experiments.toy_dynamics --profile $(PROFILE) $(if $(FRESH),--fresh)

# One figure of the toy models by its name, from cells that are stored or computed now.
STACKS := toy-stack toy-linear toy-stack-80 toy-features toy-losses toy-phases
SHAPES := pairs collapse-strip dimensionality pentagon-digons
COURSES := dynamics attacks basis absolute
.PHONY: $(STACKS) $(SHAPES) $(COURSES) toy-codes
$(STACKS): EXPERIMENT := toys
$(SHAPES): EXPERIMENT := toy_geometry
$(COURSES): EXPERIMENT := toy_dynamics
toy-codes: EXPERIMENT := toy_codes
$(STACKS) $(SHAPES) $(COURSES) toy-codes: $(READY)
	@$(BIN)/python -m experiments.$(EXPERIMENT) --profile $(PROFILE) $(if $(FRESH),--fresh) --figure $@

hunt: $(READY) ## hunt counterexamples to every claim by optimisation (BUDGET=seconds, default 300)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m experiments.hunt --budget $(BUDGET)

hunt-properties: $(READY) ## the property tests of the claims with 3000 examples each (an hour or so)
	@OPENBLAS_NUM_THREADS=1 HYPOTHESIS_PROFILE=hunt $(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist loadfile tests/claims

proofs: $(READY) ## check every step of every proof; one claim: .venv/bin/python -m proofs LCS-collapse
	@$(BIN)/python -m proofs

report: $(READY) ## join claims, proofs, tests and measurements into results/report/report.html (README=README.md: its status too)
	@mkdir -p results
	@$(BIN)/lcs report $(if $(README),--readme $(README))

report-check: $(READY) ## the report in a real browser, with pictures to look at (needs Chromium)
	@$(BIN)/python -m pytest -q -rP tests/browser/report_check.py

test: $(READY) ## run the tests, and the kernel tests once more without compilation
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist loadfile \
		-p tests.ledger --ledger results/tests
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -q tests/kernels --ignore tests/kernels/test_jit.py

check: lint types imports test ## lint, types, imports and tests

lint: $(READY) ## ruff, lint and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY) ## basedpyright
	@$(BIN)/basedpyright

imports: $(READY) ## who may import whom
	@$(BIN)/lint-imports

bench: $(READY) ## time ours against BLAS, NumPy and solvers, as ratios in one run
	@$(BIN)/python -m benchmarks.linear
	@$(BIN)/python -m benchmarks.probes
	@$(BIN)/python -m benchmarks.l1
	@$(BIN)/python -m benchmarks.toys

# pip reads groups only since 25.1, so both installers are given the names.
NAMES = $(shell $(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["$(GROUP)"])')

bench-peers: GROUP = bench
bench-peers: install-group ## install what make bench compares with, if present (not locked)

mutate: GROUP = mutate
mutate: BUDGET = 1200
mutate: install-group ## put faults into the mathematics, count those the tests notice (BUDGET=1200, SEED=1)
	@$(BIN)/python -m pytest -q tests/mutation_check.py
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m mutation --budget $(BUDGET) $(if $(SEED),--seed $(SEED))

install-group: $(READY)
ifeq ($(UV),)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(foreach name,$(NAMES),"$(name)")
else
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet $(foreach name,$(NAMES),"$(name)")
endif

readme: $(READY) ## regenerate the README's tables and figures
	@$(BIN)/python -m experiments.scaling --profile $(PROFILE) --readme README.md
	@$(BIN)/python -m experiments.bracket --profile $(PROFILE) --readme README.md
	@$(BIN)/python -m experiments.collapse --profile $(PROFILE) --docs docs
	@$(BIN)/python -m experiments.geometry --profile $(PROFILE) --docs docs
	@$(BIN)/python -m experiments.transition --profile $(PROFILE) --docs docs
	@$(BIN)/python -m experiments.folklore --readme README.md
	@$(BIN)/python -m experiments.linear_vs_l1 --profile $(PROFILE) --docs docs
	@$(BIN)/python -m experiments.toys --profile $(PROFILE) --docs docs
	@$(BIN)/python -m experiments.toy_geometry --profile $(PROFILE) --docs docs

lock: ## resolve the lock anew (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean: ## remove the environment and caches, keep results
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
