# Every target sets itself up in .venv first; it needs Python 3.11 or later, make and a package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench faults hostile wheel shoot setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/iview demo

test: setup
	$(BIN)/python -m pytest -n 4 --dist worksteal -q

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

TRIALS ?= 20
faults: setup
	$(BIN)/python tests/faulting.py --trials $(TRIALS)
	$(BIN)/python tests/sick_disk.py

STRINGS ?= 10000
hostile: setup
	$(BIN)/python tests/hostile.py --strings $(STRINGS)

wheel: setup
	$(BIN)/python tests/wheel.py

shoot: setup
	$(BIN)/python -m screenshots

clean:
	rm -rf $(VENV) dist build
