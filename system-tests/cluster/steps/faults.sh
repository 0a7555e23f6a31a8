# shellcheck shell=bash
step_rolling-restart() {
    under_load restart_services
    # A service that stops says so with 503; 500 would be an error nobody thought of. (Dapr's sidecar does answer 500 when it is not ready.)
    local errors
    errors=$(k get events --field-selector reason=Unhealthy -o jsonpath='{range .items[*]}{.involvedObject.fieldPath} {.message}{"\n"}{end}' |
        grep -v 'containers{daprd}' | grep 'statuscode: 500' || true)
    [ -z "$errors" ] || { echo "$errors"; return 1; }
    tail -n 1 "$target/summary"
}
restart_services() {
    k rollout restart deployment -l app.kubernetes.io/part-of=tidings
    rolled_out
}

step_kill() { under_load kill_pods; }
kill_pods() {
    local app
    for app in websocket-service backend allocation-worker; do
        k delete pod --grace-period=0 --force "$(k get pods -l "app=$app" -o name | head -n 1 | cut -d/ -f2)"
        sleep 5
    done
    until_true 180 all_ready
    rolled_out
}

step_scale() { under_load scale_sockets; }
scale_sockets() {
    local replicas
    for replicas in 1 4 2; do
        k scale deployment websocket-service --replicas $replicas
        k rollout status deployment/websocket-service --timeout=3m
        sleep 8
    done
}

step_no-sidecar() {
    local webhook=dapr-sidecar-injector pod
    in_cluster kubectl patch mutatingwebhookconfiguration $webhook --type=json -p '[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]'
    injector_leaves
    k delete pod -l app=cache-worker
    sleep 2
    pod=$(k get pods -l app=cache-worker -o name | head -n 1)
    k get "$pod" -o jsonpath='{.spec.containers[*].name}{"\n"}' | tee /dev/stderr | grep -v daprd
    # Its own container starts, and it is never ready.
    until_true 120 no_sidecar_reported
    local message
    message=$(k get events --field-selector reason=Unhealthy -o jsonpath='{range .items[*]}{.message}{"\n"}{end}' | grep -o 'This pod has no sidecar[^"]*' | head -n 1)
    [ "$(k get "$pod" -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')" = False ]
    injector_returns
    in_cluster kubectl patch mutatingwebhookconfiguration $webhook --type=json -p '[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Fail"}]'
    local back=$SECONDS
    until_true 180 has_sidecar
    k rollout status deployment/cache-worker --timeout=3m
    echo "never Ready ($message); the operator replaced it $((SECONDS - back)) s after the injector was back"
}
no_sidecar_reported() { k get events --field-selector reason=Unhealthy -o jsonpath='{range .items[*]}{.message}{"\n"}{end}' | grep -q 'This pod has no sidecar'; }
has_sidecar() { k get pods -l app=cache-worker -o jsonpath='{.items[*].spec.containers[*].name}' | grep -q daprd; }

step_redis-lost() { under_load lose_redis; }
lose_redis() { # a pod of backend and one of websocket-service start meanwhile, and get their stores afterwards
    k scale statefulset tidings-redis --replicas 0
    k wait --for=delete pod -l app=tidings-redis --timeout=60s
    local app
    for app in backend websocket-service; do k delete pod "$(k get pods -l "app=$app" -o name | head -n 1 | cut -d/ -f2)"; done
    until_true 240 all_ready_but_redis
    k scale statefulset tidings-redis --replicas 1
    k rollout status statefulset/tidings-redis --timeout=2m
    until_true 180 every_sidecar_has_its_store
}
all_ready_but_redis() { [ "$(k get pods -l 'app in (backend, websocket-service)' -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' | sort -u)" = True ]; }
every_sidecar_has_its_store() {
    local pod
    for pod in $(k get pods -l 'app in (backend, websocket-service)' -o name); do
        # shellcheck disable=SC2016 # the pod's variables
        k exec "$pod" -c stores -- bash -c 'exec 3<>/dev/tcp/127.0.0.1/3500; printf "GET /v1.0/metadata HTTP/1.0\r\ndapr-api-token: %s\r\n\r\n" "$DAPR_API_TOKEN" >&3; cat <&3' 2>/dev/null | grep -q state.redis || return 1
    done
}

step_kafka-lost() { under_load lose kafka; }
step_postgresql-lost() { under_load lose postgresql; }
lose() {
    k delete pod "tidings-$1-0" --grace-period=0 --force
    k rollout status "statefulset/tidings-$1" --timeout=3m
    until_true 180 all_ready
}

step_drain() { under_load drain_nodes; }
drain_nodes() {
    local nodes pod
    nodes=$(in_cluster kubectl get nodes -o name | wc -l)
    if [ "$nodes" -gt 1 ]; then
        local node
        node=$(k get pods -l app=websocket-service -o jsonpath='{.items[0].spec.nodeName}')
        in_cluster kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout=5m
        in_cluster kubectl uncordon "$node"
    else
        # A node alone: what a drain does, without closing the only node to new pods.
        for pod in $(k get pods -l app.kubernetes.io/part-of=tidings -o name | grep -v tidings- | cut -d/ -f2); do
            until_true 180 evicted "$pod"
        done
    fi
    until_true 180 all_ready
    rolled_out
}
evicted() { # pod: false while its disruption budget does not allow it
    printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$1" "$NAMESPACE" |
        k create --raw "/api/v1/namespaces/$NAMESPACE/pods/$1/eviction" -f - 2>&1 | tee -a "$target/evictions" | grep -q -e '"status":"Success"' -e NotFound
}
