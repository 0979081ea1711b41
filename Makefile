# The main commands are `make preview` and `make test`. Both install their dependencies.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev preview test check pytest lint format generate urns lock bench prove stack state-backend clean

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STACK ?= dev
CONFIG ?=
ARGS ?=
VARIABLES := PYTHON STACK CONFIG ARGS NAME BUCKET REGION ACCOUNT
UNKNOWN := $(filter-out $(VARIABLES),$(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $(v))),$(v))))
$(if $(UNKNOWN),$(error $(UNKNOWN): no variable of this Makefile; there are $(VARIABLES)))
# With CONFIG alone the stack is named after its file; STACK beside it names it otherwise.
STACK_OPTION = $(if $(and $(value CONFIG),$(filter file,$(origin STACK))),,--stack "$$GIVEN_STACK")
CONFIG_OPTION = $(if $(value CONFIG),--config-file "$$GIVEN_CONFIG")
# What is given is text: neither make nor the shell runs what stands in it. (ARGS are words of the shell.)
unexport STACK CONFIG NAME BUCKET REGION ACCOUNT
export GIVEN_STACK := $(value STACK)
export GIVEN_CONFIG := $(value CONFIG)
export GIVEN_NAME := $(value NAME)
export GIVEN_BUCKET := $(value BUCKET)
export GIVEN_REGION := $(value REGION)
export GIVEN_ACCOUNT := $(value ACCOUNT)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
COMPILE := $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --no-emit-index-url \
  --no-emit-trusted-host --no-header --allow-unsafe

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The stamp is written last, so that an incomplete environment is created again.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "agent-platform needs Python 3.11 or newer; choose one: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.made
	$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.made
	$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.runtime  ## install the dependencies of the program and the preview
setup-dev: $(VENV)/.dev  ## install the dependencies of the tests, too

preview: $(VENV)/.runtime  ## preview a stack offline: STACK=prod, or CONFIG=systems/knwl.yaml (both: a file for that stack), and ARGS=...
	@$(PY) -m preview $(STACK_OPTION) $(CONFIG_OPTION) $(ARGS)

test: $(VENV)/.dev  ## lint, type-check and run every test
	@$(MAKE) --no-print-directory -j2 lint pytest

check: $(VENV)/.dev  ## what takes longer than every change needs: random settings and inputs
	$(PY) -m pytest -n 2 --dist loadgroup -m "check or random" --hypothesis-profile=check $(ARGS)

pytest: $(VENV)/.dev  ## run every test, or those in ARGS
	$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(VENV)/.dev  ## ruff and pyright
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright

format: $(VENV)/.dev  ## apply ruff's fixes and formatting
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

generate: $(VENV)/.runtime  ## write the generated files: settings schema, policy catalogue, tables of the docs
	@$(PY) -m generate

urns: $(VENV)/.dev  ## add new resources to the snapshots of URNs; what is there stays
	@$(PY) -m tests.program.urn_snapshot

lock: $(VENV)/.dev  ## write the lock files from requirements*.txt
	$(COMPILE) -o requirements.lock requirements-cli.txt
	$(COMPILE) -c requirements.lock -o requirements-dev.lock requirements-dev.txt

bench: $(VENV)/.dev  ## measure time and memory against the limits
	@$(PY) -m tests.bench $(ARGS)

prove: $(VENV)/.runtime  ## list what only an AWS account can prove; ARGS="route cluster=… service=…" reads what one needs
	@$(PY) -m tests.proofs $(ARGS)

stack:  ## write Pulumi.NAME.yaml from a system's file: CONFIG=systems/knwl.yaml NAME=knwl
	@test -n "$$GIVEN_CONFIG" && test -n "$$GIVEN_NAME" || { echo "usage: make stack CONFIG=systems/knwl.yaml NAME=knwl" >&2; exit 2; }
	@printf %s "$$GIVEN_NAME" | grep -qzE '^[a-z][a-z0-9]*(-[a-z0-9]+)*$$' || { echo "NAME=$$GIVEN_NAME is not a stack name; use lower-case letters, digits and single hyphens, such as my-knwl" >&2; exit 2; }
	@test -r "$$GIVEN_CONFIG" || { echo "$$GIVEN_CONFIG: no such file; choose one of: $$(ls systems/*.yaml | xargs)" >&2; exit 2; }
	@test ! -e "Pulumi.$$GIVEN_NAME.yaml" || { echo "Pulumi.$$GIVEN_NAME.yaml exists already; edit it, or remove it first" >&2; exit 2; }
	@sed "1s,\$$schema=\.\./settings,\$$schema=settings," < "$$GIVEN_CONFIG" > "Pulumi.$$GIVEN_NAME.yaml" && echo "wrote Pulumi.$$GIVEN_NAME.yaml; next: make preview STACK=$$GIVEN_NAME, then docs/deploying.md"

state-backend:  ## create the S3 backend for Pulumi state: BUCKET=acme-pulumi-state REGION=us-east-1 ACCOUNT=123456789012
	@command -v pulumi >/dev/null 2>&1 || { echo "the pulumi CLI is missing; install it: https://www.pulumi.com/docs/install/" >&2; exit 2; }
	@$(MAKE) --no-print-directory setup
	@UP_ARGS="$(ARGS)" bootstrap/up "$$GIVEN_BUCKET" "$$GIVEN_REGION" "$$GIVEN_ACCOUNT"

clean:  ## remove the files that the targets created
	rm -rf $(VENV) build .pytest_cache .hypothesis .ruff_cache
