# Everything a contributor does has a target here; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help build demo test lint bench soak clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

build: ## Publish the plugin to bin/, as one file for this platform
	@build/publish.sh

demo: build ## Bring a link up, fail it over and destroy it, on the simulator; no account needed
	@build/demo.sh

test: ## Run every test; ends with "N passed, N failed, N skipped"
	@build/test.sh

lint: ## Check formatting, line lengths, namespaces, folder cycles and the analyzers' rules
	@dotnet build Pulumi.QingCloudMySqlStandby.sln -c Release --nologo -v quiet -clp:NoSummary
	@dotnet test tests/Standby.Tests -c Release --no-build --nologo -v quiet --filter ArchitectureTests
	@dotnet format whitespace Pulumi.QingCloudMySqlStandby.sln --verify-no-changes --no-restore

bench: ## Measure calls, start-up, memory and throughput; writes artifacts/bench.json
	@build/bench.sh

soak: ## Run HISTORIES random histories of the model-based test (default 1000000)
	@HISTORIES=$${HISTORIES:-1000000} build/soak.sh

clean: ## Remove everything that was built
	@rm -rf artifacts bin
