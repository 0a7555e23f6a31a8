# What `programs` builds and `stand-ins/build` makes images of. Sourced.
# shellcheck shell=bash disable=SC2034
kubernetes=v1.37.2 etcd=v3.7.3 containerd=v2.4.2 coredns=v1.15.0 router=v2.1.0
metrics_server=v0.9.0 prometheus=v0.316.0 prometheus_adapter=v0.12.0
dapr=v$(sed -n 's|.*github.com/dapr/dapr v\([0-9.]*\).*|\1|p' "$root/tools/daprd/go.mod" | head -n 1)
# The control plane that is there first, and is upgraded under load.
dapr_before=v1.18.2
