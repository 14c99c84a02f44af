# Everything from a fresh clone with git, make and Python 3.11 or newer. A second call installs nothing again.
CORPUS ?= data/raw
OUT ?= data/processed
GOLD ?= tests/gold
VENV := .venv

# The first Python that is new enough; `make PYTHON=...` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.DELETE_ON_ERROR:
.PHONY: extract report explore evaluate test test-browser bench hostile fuzz lint lock clean

extract: $(VENV)/.installed
	$(VENV)/bin/ombudsman extract "$(CORPUS)" --out "$(OUT)"

# A page of figures, and the tables in a browser, from what `make extract` has written.
REPORT ?= report.html
report: $(VENV)/.installed-pages
	$(VENV)/bin/ombudsman report "$(OUT)" --to "$(REPORT)"

PORT ?= 8001
explore: $(VENV)/.installed-pages
	$(VENV)/bin/ombudsman explore "$(OUT)" --port "$(PORT)"

evaluate: $(VENV)/.installed
	$(VENV)/bin/ombudsman evaluate "$(GOLD)"

test: $(VENV)/.installed-dev
	$(VENV)/bin/python -m pytest $(TESTS)

# The pages in a real browser: Debian's chromium, installed where it is missing.
CHROMIUM ?= $(shell command -v chromium)
test-browser: $(VENV)/.installed-browser
	@test -n "$(CHROMIUM)" || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } || { \
		echo "Chromium is needed and could not be installed; install it, or name it: make test-browser CHROMIUM=/path/to/chromium" >&2; exit 1; }
	CHROMIUM="$(or $(CHROMIUM),/usr/bin/chromium)" $(VENV)/bin/python -m pytest tests/browser

# N decisions are made up and run over; 57,500 are on the site. Takes minutes.
N ?= 2000
bench: $(VENV)/.installed-dev
	$(VENV)/bin/ombudsman bench $(N) --json bench.json

# Hostile files of BYTES and of twice as many: what becomes of each, and the times. Takes minutes.
BYTES ?= 250000
hostile: $(VENV)/.installed-dev
	$(VENV)/bin/python tests/hostile.py $(BYTES)

SECONDS ?= 60
fuzz: $(VENV)/.installed-fuzz
	@mkdir -p fuzz/corpus
	$(VENV)/bin/python fuzz/fuzz_file.py -max_total_time=$(SECONDS) -timeout=30 -rss_limit_mb=3000 -max_len=20000 \
		-dict=fuzz/words.dict -artifact_prefix=fuzz/found/ fuzz/corpus data/raw/website data/raw/compact data/raw/pages

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check pipeline patterns tests
	$(VENV)/bin/ruff format --check pipeline patterns tests
	$(VENV)/bin/mypy

# requirements.lock anew, after a change of versions in pyproject.toml.
lock:
	$(call require-python)
	rm -rf build/lock && "$(PYTHON)" -m venv build/lock
	build/lock/bin/pip install --quiet ".[dev,plot,bench,cluster,report,explore,browser]"
	build/lock/bin/pip freeze --exclude ombudsman-decisions > requirements.lock

clean:
	rm -rf $(VENV) build dist data/processed .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find pipeline patterns tests -name __pycache__ -type d -prune -exec rm -rf {} +

define require-python
@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
endef

$(VENV)/bin/python:
	$(call require-python)
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev,plot,bench,cluster,report,explore]'
	@touch $@

$(VENV)/.installed-pages: $(VENV)/.installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[report,explore]'
	@touch $@

$(VENV)/.installed-browser: $(VENV)/.installed-dev
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[browser]'
	@touch $@

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[fuzz]'
	@touch $@
