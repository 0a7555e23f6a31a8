# The steps of `run`, in order. A step is a function step_<name>; what it prints last is its result. Sourced by run.
# shellcheck shell=bash

STEPS=(node images no-dapr dry-run dapr install helm-test walk-through rolling-restart kill drain scale no-sidecar redis-lost kafka-lost
    postgresql-lost dapr-restart dapr-upgrade certificates polyglot autoscaling policies access bad-input failed-migration uninstall reinstall
    clean-reinstall upgrade rollback production)
QUICK=(node images no-dapr dry-run dapr install helm-test walk-through rolling-restart policies bad-input uninstall)

step_title() {
    case $1 in
        node) echo "A cluster" ;;
        images) echo "Images in the cluster" ;;
        dry-run) echo "Strict server-side dry run of every values file, namespace \`restricted\`" ;;
        no-dapr) echo "\`helm install\` without Dapr in the cluster" ;;
        dapr) echo "Dapr's control plane" ;;
        install) echo "\`helm install\`: no container of a service restarts" ;;
        helm-test) echo "\`helm test\`" ;;
        walk-through) echo "The README's walk-through, word by word" ;;
        rolling-restart) echo "Rolling restart of all services under load" ;;
        kill) echo "Pods killed without grace under load" ;;
        drain) echo "Every pod of the services evicted under load, as by a drained node" ;;
        scale) echo "websocket-service from 2 to 1, 4 and 2 replicas under load" ;;
        no-sidecar) echo "A pod made while Dapr's injector is away" ;;
        redis-lost) echo "Redis away under load; pods start without it and get their stores when it is back" ;;
        kafka-lost) echo "Kafka's pod deleted under load" ;;
        postgresql-lost) echo "PostgreSQL's pod deleted under load" ;;
        dapr-restart) echo "Dapr's control plane restarted under load" ;;
        dapr-upgrade) echo "Dapr upgraded under load" ;;
        certificates) echo "Dapr's root certificate and issuer renewed under load" ;;
        polyglot) echo "The examples in Python and Node beside the release" ;;
        autoscaling) echo "websocket-service scaled by its connections, with metrics-server, Prometheus and its adapter" ;;
        access) echo "A stranger with a sidecar of its own: Dapr's access control and scopes" ;;
        upgrade) echo "\`helm upgrade\` from the release before, with migrations, under load" ;;
        rollback) echo "\`helm rollback\` under load" ;;
        failed-migration) echo "A migration that fails stops the upgrade" ;;
        policies) echo "Network policies and access, probed by strangers" ;;
        bad-input) echo "Mistakes are refused in one clear line" ;;
        uninstall) echo "\`helm uninstall\` leaves nothing but data" ;;
        reinstall) echo "Installed again: the data is there" ;;
        production) echo "Production's values: jobs, PostgreSQL, Kafka and Redis with TLS and logins, mistakes in them" ;;
        clean-reinstall) echo "Installed again after the documented clean-up" ;;
    esac
}

cluster_description() {
    echo
    echo "Kubernetes $(in_cluster kubectl version 2>/dev/null | sed -n 's/Server Version: //p'), Dapr $DAPR, $(nproc) cores, $([ -n "$OWN" ] && echo "a node started for the test, with stand-ins for the images of PostgreSQL, Kafka and Redis where no registry answers" || echo "the cluster of KUBECONFIG")."
    [ ! -s "$target/memory" ] || cat "$target/memory"
}

# --- helpers ---

until_true() { # seconds, command…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 1
    done
}

restarts() { # of containers of services and parts, and with `daprd` of sidecars
    k get pods -l app.kubernetes.io/part-of=tidings -o jsonpath='{range .items[*]}{range .status.containerStatuses[*]}{.name}{" "}{.restartCount}{"\n"}{end}{end}' |
        awk -v sidecars="${1:-}" '($1 == "daprd") == (sidecars != "") { sum += $2 } END { print sum + 0 }'
}

all_ready() {
    ! k get pods -l app.kubernetes.io/part-of=tidings -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' | grep -qv True
}

rolled_out() {
    local deployment
    for deployment in $(k get deployments -l app.kubernetes.io/part-of=tidings -o name); do k rollout status "$deployment" --timeout=10m; done
}

address() { # service, port: as this machine reaches it
    if [ -n "$OWN" ]; then
        echo "$(k get service "$1" -o jsonpath='{.spec.clusterIP}'):$2"
    else
        echo "localhost:$2"
    fi
}

forward() { # service, port: port-forward, again whenever its pod goes
    (while :; do k port-forward "service/$1" "$2:$2" >/dev/null 2>&1; sleep 0.3; done) &
    echo $! >>"$target/clients.pids"
}

start_clients() { # variables…: users with a ledger (clients.mjs) until end_clients
    rm -f "$target/stop"
    if [ -z "$OWN" ]; then
        forward backend 8000
        forward websocket-service 8004
        sleep 3
    fi
    local secret
    secret=$(k get secret tidings-jwt -o 'jsonpath={.data.hs256}' | base64 -d)
    in_cluster env HTTP="http://$(address backend 8000)" WS="ws://$(address websocket-service 8004)" TIDINGS_JWT_HS256_SECRET="$secret" \
        STOP="$target/stop" "$@" node --experimental-websocket --no-warnings "$here/clients.mjs" >"$target/ledger" 2>&1 &
    clients=$!
    echo $clients >>"$target/clients.pids"
    sleep 5
}

end_clients() { # prints the ledger; fails if it is not clean
    sleep 3
    touch "$target/stop"
    local code=0
    wait "$clients" || code=$?
    cat "$target/ledger"
    tr '\n' ' ' <"$target/ledger" >"$target/summary"
    cat "$target/summary"
    echo
    stop_clients
    return $code
}

stop_clients() {
    touch "$target/stop"
    [ ! -f "$target/clients.pids" ] || while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$target/clients.pids"
    rm -f "$target/clients.pids"
}

under_load() { # command…: fails if any part of the command does, or the ledger is not clean
    start_clients
    local code=0
    # In the background, since the shell ignores `set -e` in a command whose result is tested.
    (set -e; "$@") &
    wait $! || code=$?
    end_clients || code=$?
    return $code
}

refused() { # expected text, command…: the command fails and says so in its last lines
    local expected=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "not refused: $*"
        return 1
    fi
    echo "$output" | tail -n 3
    grep -q "$expected" <<<"$output" || { echo "refused, but without '$expected'"; return 1; }
}

for file in "$here"/steps/*.sh; do
    # shellcheck source=/dev/null
    . "$file"
done
