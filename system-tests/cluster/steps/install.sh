# shellcheck shell=bash
step_node() {
    if [ -n "$OWN" ]; then
        "$here/node" up
        in_cluster kubectl get nodes -o wide
    fi
    in_cluster kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    in_cluster kubectl label namespace "$NAMESPACE" --overwrite pod-security.kubernetes.io/enforce=restricted
    in_cluster kubectl version | sed -n 's/Server Version: /Kubernetes /p'
}

step_images() {
    [ -n "$OWN" ] || { echo "loaded before"; return; }
    "$here/stand-ins/build" "$BIN"
    if [ -z "${REUSE_IMAGES:-}" ]; then
        JDK=localhost/tidings-jdk:25 BASE=localhost/tidings-debian:bookworm SIDECAR_BASE=localhost/tidings-debian:bookworm "$root/images/build" --load podman
    fi
    podman tag "localhost/daprd:$VERSION" "ghcr.io/dapr/daprd:$DAPR"
    images_before
    local images version
    images=$(sed -n 's/.*{image: "\(.*\)"}.*/\1/p' "$CHART/values.yaml" | sed 's|^\([^/]*\)$|library/\1|; s|^|docker.io/|')
    # shellcheck disable=SC2086 # several images
    "$here/node" load $images "docker.io/library/$(sed -n '/^tests:/,$s/.*image: //p' "$CHART/values.yaml")" \
        docker.io/library/{backend,websocket-service,workers}:{"$VERSION","$BEFORE"} ghcr.io/dapr/daprd:"$DAPR" \
        ghcr.io/dapr/{operator,injector,sentry,placement,scheduler}:{"$DAPR","${dapr_before#v}"} registry.k8s.io/pause:3.10 registry.k8s.io/coredns/coredns:"$coredns" \
        $(sed -n 's|.* image: \(.*\)|docker.io/library/\1|p' "$root/examples/kubernetes.yaml" | sort -u) $(sed -n 's|.* image: ||p' "$here/metrics.yaml")
    for version in "$DAPR" "${dapr_before#v}"; do ctr -a "$RUN/containerd.sock" -n k8s.io images tag --force "ghcr.io/dapr/daprd:$DAPR" "ghcr.io/dapr/daprd:$version" >/dev/null; done
    "$here/node" base
    echo "$(podman image inspect "docker.io/library/backend:$VERSION" --format '{{.Size}}' | awk '{print int($1 / 1e6)}') MB for backend, $(ctr -a "$RUN/containerd.sock" -n k8s.io images ls -q | grep -c -v '^sha256') images"
}

step_dry-run() {
    # The kinds that production uses beyond Kubernetes' own, so that the API server knows them; Dapr's come with their schemas.
    in_cluster kubectl apply --server-side --force-conflicts -f "$(dapr_chart "$DAPR")/charts/dapr/crds" >/dev/null
    in_cluster kubectl apply -f "$here/crds.yaml" >/dev/null
    in_cluster kubectl label namespace "$NAMESPACE" --overwrite pod-security.kubernetes.io/warn=restricted
    local file count=0 output
    for file in "$VALUES" "$CHART/values-production.yaml" "$CHART/values-production.yaml -f $root/charts/src/test/resources/values-everything.yaml"; do
        # shellcheck disable=SC2086 # options
        in_cluster helm template tidings "$CHART" -n "$NAMESPACE" --kube-version "${kubernetes#v}" -f $file >"$target/rendered.yaml"
        output=$(k apply --dry-run=server --validate=strict -f "$target/rendered.yaml" 2>&1) || { echo "$output"; return 1; }
        if grep -i warning <<<"$output"; then return 1; fi
        count=$((count + $(wc -l <<<"$output")))
    done
    echo "$count resources accepted, no warning"
}

step_install() {
    h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    k get pods -o wide
    in_cluster kubectl get pods -A -o json >"$target/pods.json"
    k describe pods >"$target/installed.describe"
    [ -z "$OWN" ] || free -m | awk '/Mem:/ { printf "Memory in use with the release running: %d MB of %d MB.\n", $3, $2 }' >"$target/memory"
    local count
    count=$(restarts)
    echo "$(k get pods --no-headers | wc -l) pods, $count restarts, of sidecars $(restarts daprd)"
    [ "$count" -eq 0 ]
}

step_helm-test() {
    h test tidings
    h test tidings
    [ -z "$(k get job,configmap,networkpolicy tidings-test --ignore-not-found -o name)" ] || { echo "helm test leaves something"; return 1; }
    echo "twice, all of it passed; nothing is left"
}

step_walk-through() {
    # As in docs/operations/kubernetes.md and the notes of the installation, with a WebSocket client of Node for wscat.
    k port-forward svc/websocket-service 8004:8004 >/dev/null 2>&1 &
    local first=$!
    k port-forward svc/backend 8000:8000 >/dev/null 2>&1 &
    local second=$! token
    trap 'kill $first $second' RETURN
    token=$(in_cluster "$root/charts/token" ada --namespace "$NAMESPACE")
    sleep 3
    in_cluster env TOKEN="$token" node --experimental-websocket --no-warnings -e '
        const socket = new WebSocket("ws://localhost:8004/ws?token=" + process.env.TOKEN);
        socket.onmessage = ({ data }) => { console.log(data); if (data.includes("Write to Charles")) process.exit(0); };
        setTimeout(() => process.exit(1), 30_000);' &
    local socket=$!
    sleep 2
    in_cluster curl -sS http://localhost:8000/api/tasks -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"title":"Write to Charles"}'
    wait $socket
    in_cluster curl -sSL -o /dev/null -w '%{http_code}\n' http://localhost:8000/ | grep 200
    echo "the task came to the socket, the pages answer"
}

# The release before: the last tag, or without one the commit before the last migration, so that an upgrade migrates.
before() {
    git -C "$root" describe --tags --abbrev=0 --match 'v*' HEAD~1 2>/dev/null ||
        git -C "$root" rev-parse --short "$(git -C "$root" log -1 --format=%H -- '*/migration/*.sql')~1"
}
images_before() {
    local source=$target/before
    [ -d "$source" ] || git -C "$root" worktree add --force --detach "$source" "$BEFORE"
    podman image exists "docker.io/library/workers:$BEFORE" ||
        VERSION=$BEFORE JDK=localhost/tidings-jdk:25 BASE=localhost/tidings-debian:bookworm "$source/images/build" --load podman backend websocket-service workers
}
