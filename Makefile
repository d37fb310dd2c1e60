# Cổng: everything starts here. `make` alone lists the commands. Needs Python 3.11 or newer, and make.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run setup dev test bench lock format clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Newest first; `PYTHON=/path/to/python make run` chooses another one. A version manager's stub that cannot run and
# Debian's python3 without python3-venv are passed over, so each candidate is tried, not only looked up.
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
GOOD := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

help: ## these lines
	@echo "Cổng: make LỆNH (make COMMAND)"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: setup ## install, load the demo province when empty, serve on PORT (8000) until Ctrl-C
	@exec $(BIN)/python -m portal.run --follow-parent

test: dev ## every check and test; PostgreSQL and Redis too with TEST_DATABASE_URL and TEST_REDIS_URL
	@exec $(BIN)/python tests/run_all.py

bench: dev ## the benchmarks, as ratios measured in one run
	@exec $(BIN)/python -m tests.bench

setup: $(BIN)/python ## install what the portal needs into .venv
	@$(call install,requirements.txt)

dev: setup ## install what checking the portal needs, too
	@$(call install,requirements-dev.txt)

lock: dev ## write requirements*.txt anew from requirements*.in (UPGRADE=1: newest versions)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.txt

format: dev ## put code into the house format
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

clean: ## remove .venv and caches; var/ (your data) stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Installs a locked file once: the stamp carries the lock's checksum, so a changed lock installs again.
define install
stamp=$(VENV)/.$(1)-$$(cksum < $(1) | tr ' ' '-'); \
if [ ! -e "$$stamp" ]; then \
	echo "· Cài đặt $(1) … (installing)"; \
	$(PIP) install -qq --require-hashes -r $(1) && rm -f $(VENV)/.$(1)-* && : > "$$stamp"; \
fi
endef

# Remade also when the folder was moved or its Python is gone: then .venv/bin/python cannot run.
ifneq ($(shell $(BIN)/python -c 'import pip; print("ok")' 2>/dev/null),ok)
.PHONY: $(BIN)/python
endif
$(BIN)/python:
	@for candidate in $(CANDIDATES); do \
		if "$$candidate" -c '$(GOOD)' >/dev/null 2>&1; then \
			echo "· Tạo .venv bằng $$candidate … (creating .venv)"; \
			exec "$$candidate" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "Cần Python 3.11 trở lên, có mô-đun venv (Debian, Ubuntu: apt install python3 python3-venv)." >&2; \
	echo "Python 3.11 or newer with the venv module is needed. PYTHON=/path/to/python make run chooses one." >&2; \
	exit 1
