# textexplain: two commands do all the set-up on Debian with Swift: `make demo` and `make test`.

SWIFT ?= swift
CC ?= cc
CXX ?= c++
PYTHON ?= python3
PREFIX ?= /usr/local
DESTDIR ?=

build_flags := -c release --explicit-target-dependency-import-check error
# By itself, `swift test` would build everything again, and `swift build` again after it.
run_tests := $(SWIFT) test -c release --skip-build
bin := .build/release
oracles := Tests/Oracles
venv := .venv-oracles

.PHONY: demo test test-all build lint bench oracles install clean

# Explains a sentence with the bundled plugin.
demo: build
	$(bin)/textexplain "I didn't love this movie, but the acting was great!" --plugin sentiment.so
	@echo
	sed -n 6p corpora/reviews.tsv | cut -f 3 | $(bin)/textexplain --plugin sentiment.so --top 5
	@echo
	@echo "textexplain is $(bin)/textexplain; the plugin lies beside it."
	@echo "To install both: make install PREFIX=\$$HOME/.local   (or, for everybody: sudo make install)"

# Needs Swift, ICU, unicode-data and a C compiler. Numeric suites are slow unoptimised, hence release.
test: build
	$(call need,unicode-data gcc)
	$(SWIFT) build $(build_flags) --build-tests
	$(run_tests) --skip ReadmePipeTests

# Adds what needs jq and Python: README's pipes, the JSON Schema in a second validator, the peers' own output.
test-all: test
	$(call need,jq python3-venv)
	$(run_tests) --filter ReadmePipeTests
	$(MAKE) --no-print-directory oracles

# Records every peer's figures anew and compares them with the committed ones.
oracles: build $(venv)/ready
	$(venv)/bin/python $(oracles)/vader/record.py --check
	$(venv)/bin/python $(oracles)/vader/shapley.py --check
	$(venv)/bin/python $(oracles)/lime/record.py --check
	$(venv)/bin/python $(oracles)/schema/validate.py $(bin)/textexplain

$(venv)/ready: $(wildcard $(oracles)/*/requirements.txt)
	$(PYTHON) -m venv $(venv)
	$(venv)/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$^)
	touch $@

build:
	$(call need,libicu-dev)
	$(SWIFT) build $(build_flags)

# The ABI header alone has to compile as any C and C++ since 1999 and 2011.
header_flags := -Wall -Wextra -pedantic -Werror -ISources/CTextExplain/include -fsyntax-only
lint:
	$(call need,gcc g++)
	$(SWIFT) format lint --strict -r Package.swift Sources Plugins Tests
	for std in c99 c11; do \
	  echo '#include <textexplain_plugin.h>' | $(CC) -x c -std=$$std $(header_flags) - || exit 1; done
	for std in c++11 c++17; do \
	  echo '#include <textexplain_plugin.h>' | $(CXX) -x c++ -std=$$std $(header_flags) - || exit 1; \
	  $(CXX) -x c++ -std=$$std $(header_flags) -Wno-unused-local-typedefs Tests/Fixtures/Plugins/layout.c || exit 1; done

# Prints our times beside those of the Python peers, measured in the same run.
bench: build $(venv)/ready
	$(venv)/bin/pip install --quiet --disable-pip-version-check -r Tests/Benchmarks/requirements.txt
	$(bin)/Benchmarks --python $(venv)/bin/python

install: build
	install -Dm755 $(bin)/textexplain $(DESTDIR)$(PREFIX)/bin/textexplain
	install -Dm644 $(bin)/libsentiment.so $(DESTDIR)$(PREFIX)/lib/textexplain/plugins/sentiment.so
	install -Dm644 Sources/CTextExplain/include/textexplain_plugin.h $(DESTDIR)$(PREFIX)/include/textexplain_plugin.h

clean:
	rm -rf .build .venv-*

# Installs the Debian packages of a list that are missing; where that cannot be done, says how.
define need
@command -v dpkg-query >/dev/null || exit 0; \
missing=; for package in $(1); do \
  dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
done; \
[ -n "$$missing" ] || exit 0; \
if [ "$$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; else as=none; fi; \
echo "installing$$missing"; \
if [ "$$as" = none ] || ! { $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; }; then \
  echo "error: Debian packages are missing:$$missing" >&2; \
  echo "help: apt-get install$$missing   (as root)" >&2; exit 1; \
fi
endef
