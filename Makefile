# The two commands a new user needs are `make run` and `make test`; `make help` lists the rest.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
.PHONY: help setup run day pictures book check texts format test test-units bench bench-sync soak clean test-packages
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
DEBIAN := installer/debian/install-packages.sh
REQUIREMENTS := installer/requirements/app.txt installer/requirements/dev.txt
TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts))
PIP := --quiet --disable-pip-version-check --no-input
# What pip says is kept, and shown where it fails.
OR_SAY_WHY = >$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log >&2; exit 1; }
CODE := app views sync resources tests
SOURCES := app views sync resources
# A screen is there where a window system says so.
SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY))
# Three processes for two cores: they often wait for centres, databases and windows that they start beside them.
WORKERS ?= 3
# What is compiled is kept, whatever the environment says: else every process that a test starts compiles it again.
export PYTHONDONTWRITEBYTECODE :=
# A gate that can be played again has one order; at a desk each run has its own, and tells it.
ORDER := $(if $(CI),--randomly-seed=20261121)

help:  ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.project $(TRANSLATIONS)  ## virtual environment, tournee and tournee-centre in .venv/bin

run: setup  ## opens the app in the training base with a centre of its own; with no screen, the guided day
ifeq ($(SCREEN),)
	@echo "No screen here: playing the guided day offscreen."
	@$(MAKE) day
else
	@$(DEBIAN) screen
	@$(BIN)/tournee --training
endif

day: setup  ## the guided day, played offscreen: pictures, sealed PDF and report in out/day
	@QT_QPA_PLATFORM=offscreen $(BIN)/tournee day --out out/day

pictures: setup  ## every state of every widget, and every page, to out/pictures; INTERFACE=fr|en|zh
	@QT_QPA_PLATFORM=offscreen $(PY) -m views.gallery out/pictures
	@QT_QPA_PLATFORM=offscreen $(BIN)/tournee pictures --out out/pictures --language $(or $(INTERFACE),fr)

book: setup  ## plays the day and renews the pictures of the README
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.exercises.picture_book out/day

check: setup texts  ## format, lint, types, who may know whom, texts
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "make format would mend these:"; $(BIN)/ruff format --check $(CODE); exit 1; }
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy $(CODE)
	@$(BIN)/lint-imports --no-logo

texts: setup  # every word in the three languages, every translation finished
	@$(PY) -m pytest -q -p no:randomly -p no:cacheprovider tests/architecture/test_texts.py tests/architecture/test_wording.py

format: setup  ## lays the code out
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix-only --quiet $(CODE)

# Types are checked by one process: the tests without a store or a window have the other core meanwhile.
test: setup test-packages  ## all checks, then all tests
	@$(MAKE) --jobs=2 --output-sync=target check test-units
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n $(WORKERS) --dist worksteal $(ORDER) --ignore=tests/unit

test-units: setup
	@$(PY) -m pytest -q -n $(WORKERS) $(ORDER) --cov=app.domain --cov=sync.protocol --cov-branch --cov-report=term --cov-fail-under=100 tests/unit

test-packages:
	@$(DEBIAN) run test

bench: setup  ## the speed figures, each as a ratio within one run
	@$(PY) -m compileall -q $(SOURCES)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench

bench-sync: setup  ## sync against its floor, gates and goals; PEERS=FOLDER: other engines; REPS=100,300 or GROWTH=1000,10000
	@$(PY) -m compileall -q $(SOURCES)
	@$(PY) -m tests.bench.sync$(if $(REPS),.many_reps $(REPS),$(if $(GROWTH),.growth $(GROWTH),$(if $(PEERS), --peers $(PEERS))))

soak: setup  ## hours of random worlds and killed processes; stops and goes on; FROM=SEED SEEDS=COUNT
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.soak $(if $(FROM),--from $(FROM)) $(if $(SEEDS),--seeds $(SEEDS))

clean:  ## takes away all that was built here
	@rm -rf $(VENV) out build dist *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@rm -f resources/translations/*.qm
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@$(DEBIAN) run
	@sh installer/make-venv.sh $(VENV)

$(VENV)/.requirements: $(REQUIREMENTS) | $(PY)
	@echo "Installing pinned requirements (a minute or two the first time)"
	@$(PY) -m pip install $(PIP) --require-hashes $(foreach file,$(REQUIREMENTS),-r $(file)) $(OR_SAY_WHY)
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.requirements
	@$(PY) -m pip install $(PIP) --no-index --no-deps --no-build-isolation --editable . $(OR_SAY_WHY)
	@$(PY) -m compileall -q $(SOURCES)
	@touch $@

resources/translations/%.qm: resources/translations/%.ts | $(VENV)/.requirements
	@$(BIN)/pyside6-lrelease -silent $< -qm $@
