.PHONY: help run test verify format generated docs release cluster-test stop reset

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## Start everything on this machine
	./run

stop: ## Stop what ./run started
	./run stop

reset: ## Stop and remove the data
	./run reset

test: ## The unit tests of all modules and of the browser library; they start no database, broker or sidecar
	mvn test

verify: ## All checks and tests, with real PostgreSQL, Redis, Kafka and daprd
	mvn verify

format: ## Format the Java sources (needs Maven to run on JDK 25)
	mvn -q spotless:apply

generated: ## Write the generated files: dapr-components, dapr.yaml, parts of the chart
	mvn -q -pl local,charts -am test -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dtidings.generated.write=true

docs: ## List the tests of each requirement anew in docs/requirements.md
	mvn -q -pl system-tests -am test -Dtest=EveryRequirementNamesItsTestsTest -Dsurefire.failIfNoSpecifiedTests=false -Dtidings.docs.write=true

release: ## Make a release: set its version everywhere, commit and tag (VERSION=1.2.0)
	tools/release $(VERSION)

cluster-test: ## Install, upgrade, break and remove the chart on a real cluster (KUBECONFIG, else a node of its own)
	system-tests/cluster/run
