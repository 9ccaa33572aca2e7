# Podium. `make help` lists the targets; README.md says what Podium is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib
STRICT := --explicit-target-dependency-import-check error
PREFIX ?= /usr/local
BINARY = $(shell $(SWIFT) build $(RELEASE) --show-bin-path)/podium
DEBUG_BINARY = $(shell $(SWIFT) build $(STRICT) --show-bin-path)/podium
ARGS ?=
# Apart from the others and one at a time: all at once they keep the processors from each other for
# longer than real connections may take.
NETWORKED := ChaosTests|HubTests|TransportTests
RUN_DRILLS = cd Tests/Drills && python3 -B -m unittest -q test_verdict && \
	PODIUM_BINARY="$(DEBUG_BINARY)" python3 -B run

.PHONY: conformance drills nchan fuzz run test check build install record bench deps clean help lint terminal-test

run: deps ## Build in release mode and open the demo
	$(SWIFT) build $(RELEASE) --product podium
	$(BINARY) demo $(ARGS)

build: deps ## Build the release binary
	$(SWIFT) build $(RELEASE) --product podium
	@echo "built $(BINARY)"

test: deps ## Run all tests
	$(SWIFT) build $(STRICT) --build-tests
	Tools/run-tests $(SWIFT) test $(STRICT) --skip-build --skip "$(NETWORKED)"
	Tools/run-tests $(SWIFT) test $(STRICT) --skip-build --no-parallel \
		--filter "$(NETWORKED)"
	PODIUM_BINARY="$(DEBUG_BINARY)" Tests/Terminal/run
	PODIUM="$(DEBUG_BINARY)" Examples/headless/check.sh

check: deps lint ## What CI runs: lint, strict imports, warnings as errors, every test, goldens read-only
	CI=1 $(SWIFT) build $(STRICT) --build-tests
	CI=1 Tools/run-tests $(SWIFT) test $(STRICT) --skip-build --skip "$(NETWORKED)"
	CI=1 Tools/run-tests $(SWIFT) test $(STRICT) --skip-build --no-parallel \
		--filter "$(NETWORKED)"
	CI=1 PODIUM_BINARY="$(DEBUG_BINARY)" Tests/Terminal/run
	PODIUM="$(DEBUG_BINARY)" Examples/headless/check.sh
	$(RUN_DRILLS)
	PODIUM_BINARY="$(DEBUG_BINARY)" python3 -B Tests/Conformance/nchan/run || [ $$? -eq 75 ]

drills: deps ## Put tail behind the chaos proxy, 20 runs: every event once, in order
	$(SWIFT) build $(STRICT) --product podium
	$(RUN_DRILLS) $(ARGS)

nchan: deps ## Listen to nginx with nchan and to Redis, and restart them
	$(SWIFT) build $(STRICT) --product podium
	Tools/install-conformance
	PODIUM_BINARY="$(DEBUG_BINARY)" python3 -B Tests/Conformance/nchan/run $(ARGS)

fuzz: deps ## Fuzz every decoder; ARGS="sse --runs 10000000" chooses
	python3 -B Tests/Fuzz/run $(ARGS)

conformance: deps ## Every suite, server and drill, 200 runs of chaos, fuzzing, thread sanitizer: hours
	$(SWIFT) build $(STRICT) --product podium
	PODIUM_BINARY="$(DEBUG_BINARY)" python3 -B Tests/Conformance/run $(ARGS)

lint: ## Check the format of every source
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Themes Benchmarks

record: deps ## Rewrite the golden snapshots and show what changed
	$(SWIFT) build $(STRICT) --build-tests
	PODIUM_RECORD=1 $(SWIFT) test $(STRICT) --skip-build --filter SnapshotTests
	PODIUM="$(DEBUG_BINARY)" Examples/headless/check.sh --update
	git --no-pager diff --stat -- Fixtures/snapshots Examples/headless/goldens
	git --no-pager diff -- Fixtures/snapshots Examples/headless/goldens

install: build ## Copy the binary to $(PREFIX)/bin
	install -D -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/podium"

bench: deps ## Measure: each step in-process, then beside the floors and peers where ../shared/tools is
	$(SWIFT) build $(RELEASE) --product podium
	$(SWIFT) build $(RELEASE) --product podium-bench
	$(shell $(SWIFT) build $(RELEASE) --show-bin-path)/podium-bench
	Benchmarks/peers "$(BINARY)"

deps: ## Install what is missing to build
	@Tools/install-dependencies

clean: ## Remove what was built
	$(SWIFT) package clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
