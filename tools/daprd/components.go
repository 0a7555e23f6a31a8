package main

import (
	"github.com/dapr/components-contrib/nameresolution/kubernetes"
	mdns "github.com/dapr/components-contrib/nameresolution/mdns"
	resolversqlite "github.com/dapr/components-contrib/nameresolution/sqlite"
	pubsubmemory "github.com/dapr/components-contrib/pubsub/in-memory"
	"github.com/dapr/components-contrib/pubsub/kafka"
	"github.com/dapr/components-contrib/secretstores/local/env"
	"github.com/dapr/components-contrib/secretstores/local/file"
	statememory "github.com/dapr/components-contrib/state/in-memory"
	postgresv1 "github.com/dapr/components-contrib/state/postgresql/v1"
	postgresv2 "github.com/dapr/components-contrib/state/postgresql/v2"
	"github.com/dapr/components-contrib/state/redis"

	"github.com/dapr/dapr/pkg/components"
	"github.com/dapr/dapr/pkg/components/nameresolution"
	"github.com/dapr/dapr/pkg/components/pubsub"
	"github.com/dapr/dapr/pkg/components/secretstores"
	"github.com/dapr/dapr/pkg/components/state"
	"github.com/dapr/kit/logger"
)

// registerComponents names every component this sidecar can load. The types and versions are those of the official
// daprd, so that a component file works with either.
func registerComponents(log logger.Logger) {
	pubsub.DefaultRegistry.Logger = log
	pubsub.DefaultRegistry.RegisterComponent(kafka.NewKafka, "kafka")
	pubsub.DefaultRegistry.RegisterComponent(pubsubmemory.New, "in-memory")

	state.DefaultRegistry.Logger = log
	state.DefaultRegistry.RegisterComponent(redis.NewRedisStateStore, "redis")
	state.DefaultRegistry.RegisterComponent(statememory.NewInMemoryStateStore, "in-memory")
	state.DefaultRegistry.RegisterComponentWithVersions("postgresql", components.Versioning{
		Preferred: components.VersionConstructor{Version: "v2", Constructor: postgresv2.NewPostgreSQLStateStore},
		Others:    []components.VersionConstructor{{Version: "v1", Constructor: postgresv1.NewPostgreSQLStateStore}},
		Default:   "v1",
	})

	secretstores.DefaultRegistry.Logger = log
	secretstores.DefaultRegistry.RegisterComponent(env.NewEnvSecretStore, "local.env")
	secretstores.DefaultRegistry.RegisterComponent(file.NewLocalSecretStore, "local.file")

	nameresolution.DefaultRegistry.Logger = log
	nameresolution.DefaultRegistry.RegisterComponent(kubernetes.NewResolver, "kubernetes")
	nameresolution.DefaultRegistry.RegisterComponent(mdns.NewResolver, "mdns")
	nameresolution.DefaultRegistry.RegisterComponent(resolversqlite.NewResolver, "sqlite")
}
