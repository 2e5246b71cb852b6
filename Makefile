# make run    set up what is missing, run the DAGs once over seeds/, say where everything is
# make test   set up what is missing, run every test
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# Bytecode is kept even where the environment says not to: a run over the seeds uses 3,288 modules, and each of its
# processes compiled its own anew, a fifth of the time.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A stamp carries the hash of its lock, so that a changed lock is installed and an unchanged one costs nothing.
RUNTIME := $(VENV)/.installed-$(shell sha256sum requirements.lock | cut -c1-16)
DEVELOPMENT := $(VENV)/.installed-dev-$(shell cat requirements.lock requirements-dev.lock | sha256sum | cut -c1-16)

.PHONY: help setup run test check format bench airflow demo-week lock clean dictionary

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(RUNTIME) ## set up what is missing

$(RUNTIME):
	@scripts/install $(PYTHON) $(VENV) requirements.lock
	@$(BIN)/python -m compileall -q pipeline dags
	@rm -f $(VENV)/.installed-[0-9a-f]*; touch $@

$(DEVELOPMENT): $(RUNTIME)
	@scripts/install $(PYTHON) $(VENV) requirements-dev.lock
	@rm -f $(VENV)/.installed-dev-*; touch $@

run: $(RUNTIME) ## run the DAGs once over seeds/ and exit
	@$(BIN)/python -m pipeline run

test: $(DEVELOPMENT) ## run every test
	@scripts/test-services
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(DEVELOPMENT) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## write the format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEVELOPMENT) ## run the benchmarks, one JSON line each
	@$(BIN)/python -m bench

dictionary: $(RUNTIME) ## write warehouse/README.md from the comments of the warehouse
	@$(BIN)/python -m pipeline dictionary > warehouse/.README.md && mv warehouse/.README.md warehouse/README.md

airflow: $(RUNTIME) ## the same DAGs by the clock, with Airflow's web page, until interrupted
	@$(BIN)/python -m pipeline airflow

demo-week: $(RUNTIME) ## run the DAGs over ten days of a made-up web, and leave ten digests
	@$(BIN)/python scripts/demo_week.py

lock: ## resolve the locks anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --quiet --upgrade -o requirements.lock
	uv pip compile --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --quiet --upgrade -o requirements-dev.lock

clean: ## remove what was made, not what was received
	rm -rf .airflow .mypy_cache .ruff_cache .pytest_cache .hypothesis warehouse/data/published warehouse/data/digests \
	    warehouse/data/site warehouse/data/site_state.json
