# Everything a contributor does has a target here; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help build install uninstall dist sums notes publish demo simulator recording test lint bench soak mutants clean

# One version for the plugin, the schema, the packages and the archives.
export VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' schema.json)
plugin_folder = $(or $(PULUMI_HOME),$(HOME)/.pulumi)/plugins/resource-qingcloud-mysql-standby-v$(VERSION)

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

build: ## Publish the plugin to bin/, as one file for this platform; one to five minutes
	@build/publish.sh

install: build ## Put the plugin where Pulumi finds it without a `plugins` section
	@mkdir -p "$(plugin_folder)"
	@# A running plugin's file cannot be written to, but another one can take its name.
	@for file in bin/pulumi-resource-qingcloud-mysql-standby*; do \
		cp "$$file" "$(plugin_folder)/$${file#bin/}.new" && \
		mv -f "$(plugin_folder)/$${file#bin/}.new" "$(plugin_folder)/$${file#bin/}" || exit 1; \
	done
	@echo "installed $(plugin_folder)"

uninstall: ## Take it away again
	@rm -rf "$(plugin_folder)"
	@echo "removed $(plugin_folder)"

dist: ## Write what a release holds to dist/; DIST_PLATFORMS and DIST_PARTS choose
	@build/dist.sh

sums: ## Write dist/SHA256SUMS anew
	@build/sums.sh

notes: ## Print what CHANGELOG.md says of this version
	@build/notes.sh

publish: ## Publish dist/ to NuGet and npm; lays out artifacts/publish for PyPI and Go
	@build/publish-packages.sh

demo: ## Bring a link up, fail it over and accept that, on the simulator; no account needed
	@build/demo.sh

simulator: ## Run the simulator on PORT (default 8080), and print the commands that point a stack at it
	@build/simulator.sh

recording: ## Record the demo as docs/images/demo.svg
	@build/recording.sh

test: ## Run every test; ends with "N passed, N failed, N skipped"
	@build/test.sh

lint: ## Check formatting, namespaces, layers, folder cycles and the analyzers' rules
	@build/need-sdk.sh
	@dotnet tool restore --verbosity quiet
	@dotnet csharpier check .
	@dotnet build Pulumi.QingCloudMySqlStandby.sln -c Release --nologo -v quiet -clp:NoSummary
	@dotnet build build/Mutants -c Release --nologo -v quiet -clp:NoSummary
	@dotnet test tests/Provider.Tests -c Release --no-build --nologo -v quiet --filter ArchitectureTests

bench: ## Measure calls, start-up, memory and throughput; writes artifacts/bench.json, draws docs/images
	@build/bench.sh

soak: ## Play HISTORIES random histories (default 1000000), and show what was reached
	@build/soak.sh

mutants: ## Change the decision and the reading of evidence in small ways; the tests must notice 90 % of them
	@build/need-sdk.sh
	@dotnet tool restore --verbosity quiet
	@cd provider && dotnet stryker --output ../artifacts/mutants

clean: ## Remove everything that was built
	@rm -rf artifacts bin dist
