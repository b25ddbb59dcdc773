# The commands of Ratecard. `make run` serves it, `make test` tests it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
PORT ?= 8000
CASES ?= 10000
export PYTHON PORT

BIN := .venv/bin
# Named by content: another set of requirements is another stamp.
STAMP := .venv/$(shell sha256sum requirements/dev.txt | cut -c1-16).stamp
CLIENTS_STAMP := .venv-clients/$(shell sha256sum requirements/clients.txt | cut -c1-16).stamp
# Enough of a production environment to judge the settings by.
PRODUCTION := RATECARD_ENV=production RATECARD_ALLOWED_HOSTS=prices.example.org \
	RATECARD_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.PHONY: help venv run test test-postgres test-clients test-contract test-e2e lint format requirements

help: ## show this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 22

venv: $(STAMP) ## make .venv with the pinned requirements

$(STAMP): requirements/dev.txt
	@.ci/make-venv .venv requirements/dev.txt $(STAMP)

$(CLIENTS_STAMP): requirements/clients.txt
	@.ci/make-venv .venv-clients requirements/clients.txt $(CLIENTS_STAMP)

run: $(STAMP) ## serve the filled registry on this machine (PORT=8000)
	@$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_catalog
	$(BIN)/python manage.py ensure_admin
	.ci/serve

test: $(STAMP) ## run every test that needs no server and no browser
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup -m "not postgres and not redis and not clients and not e2e"

test-postgres: $(STAMP) ## run the same tests on PostgreSQL, and those of Redis
	@.ci/with-postgres .ci/with-redis $(BIN)/python -m pytest -q -n auto --dist loadgroup -m "not clients and not e2e"

test-clients: $(STAMP) $(CLIENTS_STAMP) ## point other tools' real clients at a running server
	@$(BIN)/python -m pytest -q -m clients

test-contract: $(STAMP) ## try the API's contract with CASES generated requests on both engines
	@export CONTRACT_CASES=$(CASES)
	$(BIN)/python -m pytest -q -n auto tests/api/test_generated_requests.py
	.ci/with-postgres $(BIN)/python -m pytest -q -n auto tests/api/test_generated_requests.py

test-e2e: $(STAMP) ## run the tests that drive a browser
	@chromium=$$(.ci/find-chromium)
	CHROMIUM=$$chromium $(BIN)/python -m pytest -q -m e2e

lint: $(STAMP) ## judge style, types, layers, templates, settings and migrations
	@$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	env $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

format: $(STAMP) ## put code and templates into their form
	@$(BIN)/ruff check --fix
	$(BIN)/ruff format
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2

requirements: $(STAMP) ## compile requirements/*.in into pinned files with hashes
	@for name in base dev clients; do
	    $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	        --output-file requirements/$$name.txt requirements/$$name.in
	done
