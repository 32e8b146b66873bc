# make run    start everything on this machine, with a sample company (SAMPLE=no: without), at http://localhost:8000 (PORT=…)
# make test   everything that has to hold: lint, types, imports, migrations, the suite on both databases
# The others: lint bench (N=…) shell messages properties constraints

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PORT ?= 8000
BIND ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
MANAGE := $(PY) site/manage.py
LANGUAGES := ro el pl
WORKERS_OF_TESTS ?= 2

export PORT BIND
export PYTHONPATH := $(CURDIR):$(CURDIR)/site
# What was compiled is kept: both suites compile more than a thousand modules otherwise, in each of their processes.
unexport PYTHONDONTWRITEBYTECODE

# Installed again only when what is to be installed has changed: the stamp's name carries its hash.
WANTED := $(shell cat pyproject.toml constraints.txt | cksum | tr ' ' '-')
FOR_RUN := $(VENV)/.relata-$(WANTED)
FOR_TESTS := $(VENV)/.relata-dev-$(WANTED)
STATIC := var/.static-$(WANTED)

.PHONY: help run test checks lint types imports migrations suite suite-sqlite suite-postgres bench shell \
	messages properties constraints install install-dev

help:
	@sed -n 's/^# //p' Makefile | head -3

install: $(FOR_RUN)

install-dev: $(FOR_TESTS)

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: install it, or set PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is older. Set PYTHON=/path/to/a/newer/python3." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }

$(FOR_RUN): | $(PY)
	@echo "Installing what Relata needs into $(VENV) (once; a minute or two)."
	@$(PIP) install -c constraints.txt -e .
	@rm -f $(VENV)/.relata-[0-9]*; touch $@

$(FOR_TESTS): | $(PY)
	@echo "Installing Relata and the tools of its tests into $(VENV) (once; a few minutes)."
	@$(PIP) install -c constraints.txt -e ".[dev]"
	@rm -f $(VENV)/.relata-*; touch $@ $(FOR_RUN)

$(STATIC): $(FOR_RUN) $(shell find static -type f 2>/dev/null)
	@echo "Collecting static files."
	@mkdir -p var
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@rm -f var/.static-*; touch $@

run: $(FOR_RUN) $(STATIC)
	@exec $(MANAGE) serve $(if $(filter no,$(SAMPLE)),,--sample) --host $(BIND) --port $(PORT)

shell: $(FOR_RUN)
	@$(MANAGE) shell

test: checks suite

# Two at a time, each told whole.
checks: $(FOR_TESTS)
	@$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target lint types imports migrations

lint: $(FOR_TESTS)
	@echo "== Lint"
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djhtml --check templates

types: $(FOR_TESTS)
	@echo "== Types"
	@$(VENV)/bin/mypy .

imports: $(FOR_TESTS)
	@echo "== Import contract"
	@$(VENV)/bin/lint-imports --no-logo

migrations: $(FOR_TESTS)
	@echo "== Migrations"
	@DJANGO_SETTINGS_MODULE=crm_site.settings.test $(MANAGE) makemigrations --check --dry-run

suite: suite-sqlite suite-postgres

# Tests that ask no database run once, with SQLite; those that drive a browser once, on PostgreSQL.
suite-sqlite: $(FOR_TESTS)
	@echo "== Suite on SQLite"
	@DATABASE_URL=sqlite://:memory: $(VENV)/bin/pytest -q -n $(WORKERS_OF_TESTS) -m "not browser"

suite-postgres: $(FOR_TESTS)
	@echo "== Suite on PostgreSQL, and in the browser"
	@$(PY) tests/postgres.py $(VENV)/bin/pytest -q -n $(WORKERS_OF_TESTS) --needing-database

properties: $(FOR_TESTS)
	@HYPOTHESIS_PROFILE=thorough $(VENV)/bin/pytest -q -n $(WORKERS_OF_TESTS) tests/properties

bench: $(FOR_TESTS)
	@$(PY) tests/postgres.py $(PY) -m benchmarks $(if $(N),--records $(N))

messages: $(FOR_TESTS)
	@command -v msgfmt >/dev/null || { echo "gettext is needed (Debian, Ubuntu: apt install gettext; macOS: brew install gettext)." >&2; exit 1; }
	@$(MANAGE) makemessages $(LANGUAGES:%=--locale %) --no-obsolete --no-wrap --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	@$(MANAGE) compilemessages $(LANGUAGES:%=--locale %) --ignore '.venv'

# After a deliberate upgrade in .venv: pins what is installed there.
constraints: $(FOR_TESTS)
	@$(PY) -m pip freeze --exclude-editable | grep '==' | sort -f > constraints.txt
