# The steps of `run`, in order. A step is a function step_<name>; what it prints last is its result. Sourced by run.
# shellcheck shell=bash

STEPS=(node images dry-run dapr install helm-test walk-through rolling-restart kill scale no-sidecar redis-lost kafka-lost postgresql-lost
    dapr-restart upgrade rollback failed-migration policies bad-input uninstall reinstall clean-reinstall production)

step_title() {
    case $1 in
        node) echo "A cluster" ;;
        images) echo "Images in the cluster" ;;
        dry-run) echo "Strict server-side dry run of every values file, namespace \`restricted\`" ;;
        dapr) echo "Dapr's control plane" ;;
        install) echo "\`helm install\`: no container of a service restarts" ;;
        helm-test) echo "\`helm test\`" ;;
        walk-through) echo "The README's walk-through, word by word" ;;
        rolling-restart) echo "Rolling restart of all services under load" ;;
        kill) echo "Pods killed without grace under load" ;;
        scale) echo "websocket-service from 2 to 1, 4 and 2 replicas under load" ;;
        no-sidecar) echo "A pod made while Dapr's injector is away" ;;
        redis-lost) echo "Redis away under load; pods start without it and get their stores when it is back" ;;
        kafka-lost) echo "Kafka's pod deleted under load" ;;
        postgresql-lost) echo "PostgreSQL's pod deleted under load" ;;
        dapr-restart) echo "Dapr's control plane restarted under load" ;;
        upgrade) echo "\`helm upgrade\` under load" ;;
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

restarts() { # of the services' pods: how often any container was restarted
    k get pods -l app.kubernetes.io/part-of=tidings -o jsonpath='{range .items[*]}{range .status.containerStatuses[*]}{.restartCount}{"\n"}{end}{end}' |
        awk '{ sum += $1 } END { print sum + 0 }'
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
    tr '\n' ' ' <"$target/ledger"
    echo
    stop_clients
    return $code
}

stop_clients() {
    touch "$target/stop"
    [ ! -f "$target/clients.pids" ] || while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$target/clients.pids"
    rm -f "$target/clients.pids"
}

under_load() { # command…: fails if the command does, or the ledger is not clean
    start_clients
    local code=0
    "$@" || code=$?
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

# --- steps ---

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
    local images
    images=$(sed -n 's/.*{image: "\(.*\)"}.*/\1/p' "$CHART/values.yaml" | sed 's|^\([^/]*\)$|library/\1|; s|^|docker.io/|')
    # shellcheck disable=SC2086 # several images
    "$here/node" load $images "docker.io/library/$(sed -n '/^tests:/,$s/.*image: //p' "$CHART/values.yaml")" \
        docker.io/library/{backend,websocket-service,workers}:"$VERSION" ghcr.io/dapr/{daprd,operator,injector,sentry,placement,scheduler}:"$DAPR" \
        registry.k8s.io/pause:3.10 registry.k8s.io/coredns/coredns:v1.15.0
    "$here/node" base
    echo "$(podman image inspect "docker.io/library/backend:$VERSION" --format '{{.Size}}' | awk '{print int($1 / 1e6)}') MB for backend, $(ctr -a "$RUN/containerd.sock" -n k8s.io images ls -q | grep -c -v '^sha256') images"
}

dapr_chart() { go mod download -json "github.com/dapr/dapr@v$DAPR" | sed -n 's/.*"Dir": "\(.*\)",/\1/p'; }

step_dapr() {
    [ -n "$OWN" ] || { in_cluster kubectl get crd components.dapr.io -o name; return; }
    in_cluster helm upgrade --install dapr "$(dapr_chart)/charts/dapr" -n dapr-system --create-namespace --set global.registry=ghcr.io/dapr --set global.tag="$DAPR" \
        --set dapr_scheduler.cluster.inMemoryStorage=true --set dapr_operator.watchInterval=30s --set dapr_sidecar_injector.sidecarDropALLCapabilities=true \
        --set dapr_sidecar_injector.webhookFailurePolicy=Fail --wait --timeout 5m
    in_cluster kubectl -n dapr-system get pods
    echo "Dapr $DAPR, with the settings of docs/operations/kubernetes.md, but one replica of each part"
}

step_dry-run() {
    # The kinds that production uses beyond Kubernetes' own, so that the API server knows them; Dapr's come with their schemas.
    in_cluster kubectl apply --server-side --force-conflicts -f "$(dapr_chart)/charts/dapr/crds" >/dev/null
    in_cluster kubectl apply -f "$here/crds.yaml" >/dev/null
    in_cluster kubectl label namespace "$NAMESPACE" --overwrite pod-security.kubernetes.io/warn=restricted
    local file count=0 output
    for file in "$VALUES" "$CHART/values-production.yaml" "$CHART/values-production.yaml -f $root/charts/src/test/resources/values-everything.yaml"; do
        # shellcheck disable=SC2086 # options
        in_cluster helm template tidings "$CHART" -n "$NAMESPACE" -f $file >"$target/rendered.yaml"
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
    echo "$(k get pods --no-headers | wc -l) pods, $count restarts"
    [ "$count" -eq 0 ]
}

step_helm-test() {
    h test tidings
    h test tidings | grep '^ok' || true
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

step_rolling-restart() { under_load restart_services; }
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
    in_cluster kubectl -n dapr-system scale deployment dapr-sidecar-injector --replicas 0
    in_cluster kubectl -n dapr-system wait --for=delete pod -l app=dapr-sidecar-injector --timeout=60s
    k delete pod -l app=cache-worker
    sleep 2
    pod=$(k get pods -l app=cache-worker -o name | head -n 1)
    k get "$pod" -o jsonpath='{.spec.containers[*].name}{"\n"}' | tee /dev/stderr | grep -v daprd
    # Its own container starts, and it is never ready.
    until_true 120 no_sidecar_reported
    local message
    message=$(k get events --field-selector reason=Unhealthy -o jsonpath='{range .items[*]}{.message}{"\n"}{end}' | grep -o 'This pod has no sidecar[^"]*' | head -n 1)
    [ "$(k get "$pod" -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')" = False ]
    in_cluster kubectl -n dapr-system scale deployment dapr-sidecar-injector --replicas 1
    in_cluster kubectl -n dapr-system rollout status deployment/dapr-sidecar-injector --timeout=2m
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

step_dapr-restart() { under_load restart_dapr; }
restart_dapr() {
    in_cluster kubectl -n dapr-system rollout restart deployment,statefulset
    local part
    for part in $(in_cluster kubectl -n dapr-system get deployment,statefulset -o name); do
        in_cluster kubectl -n dapr-system rollout status "$part" --timeout=3m
    done
    k delete pod -l app=session-worker
    k rollout status deployment/session-worker --timeout=3m
}

step_upgrade() { under_load h upgrade tidings "$CHART" -f "$VALUES" --set logLevel=debug --wait --timeout 15m; }
step_rollback() { under_load h rollback tidings --wait --timeout 15m; }

step_failed-migration() {
    # The migration's job of the production profile, on the bundled database, with a migration that the tables refuse.
    local before after
    before=$(k get pods -l app=backend -o name)
    k exec tidings-postgresql-0 -- psql -U postgres -h /var/run/postgresql -d tidings -c "UPDATE backend.flyway_schema_history SET checksum = checksum + 1 WHERE installed_rank = (SELECT max(installed_rank) FROM backend.flyway_schema_history WHERE checksum IS NOT NULL)"
    refused 'checksum mismatch' h upgrade tidings "$CHART" -f "$VALUES" -f "$here/values-jobs.yaml" --wait --timeout 5m
    k exec tidings-postgresql-0 -- psql -U postgres -h /var/run/postgresql -d tidings -c "UPDATE backend.flyway_schema_history SET checksum = checksum - 1 WHERE installed_rank = (SELECT max(installed_rank) FROM backend.flyway_schema_history WHERE checksum IS NOT NULL)"
    after=$(k get pods -l app=backend -o name)
    [ "$before" = "$after" ] || { echo "pods were replaced"; return 1; }
    h rollback tidings --wait --timeout 5m
    echo "the upgrade failed with the migration's own message, no pod was replaced"
}

stranger() { # namespace, label, command: what a pod that is not ours sees
    local name=stranger-$RANDOM
    in_cluster kubectl -n "$1" apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $name, labels: {"${2%=*}": "${2#*=}"}}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: stranger
      image: $(sed -n '/^tests:/,$s/.*image: //p' "$CHART/values.yaml")
      imagePullPolicy: IfNotPresent
      command: [sh, -c, $(printf '%s' "$3" | sed 's/"/\\"/g; s/^/"/; s/$/"/')]
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
YAML
    in_cluster kubectl -n "$1" wait "pod/$name" --for=jsonpath='{.status.phase}'=Succeeded --timeout=120s >/dev/null
    in_cluster kubectl -n "$1" logs "$name"
    in_cluster kubectl -n "$1" delete pod "$name" --wait=false >/dev/null
}

step_policies() {
    local other=$NAMESPACE-stranger target_ports open pod
    in_cluster kubectl create namespace "$other" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    pod=$(k get pods -l app=websocket-service -o jsonpath='{.items[0].status.podIP}')
    target_ports="backend.$NAMESPACE:8000 websocket-service.$NAMESPACE:8004 purchase-worker.$NAMESPACE:8010 $pod:8104 $pod:50002 $pod:3500 $pod:50001 $pod:9090 tidings-postgresql.$NAMESPACE:5432 tidings-kafka.$NAMESPACE:9092 tidings-redis.$NAMESPACE:6379"
    local try="for at in $target_ports; do nc -w 3 \${at%:*} \${at#*:} </dev/null >/dev/null 2>&1 && echo open \$at; done; echo tried"
    open=$(stranger "$other" app=stranger "$try")
    echo "another namespace: $open"
    [ "$open" = tried ] || return 1
    open=$(stranger "$NAMESPACE" app=stranger "$try")
    echo "the release's namespace: $open"
    [ "$open" = tried ] || return 1
    open=$(stranger "$NAMESPACE" tidings.dev/client=true "$try")
    echo "a client of the release: $open"
    [ "$open" = "open backend.$NAMESPACE:8000
open websocket-service.$NAMESPACE:8004
tried" ] || return 1
    in_cluster kubectl delete namespace "$other" --wait=false
    echo "strangers reach none of $(wc -w <<<"$target_ports") ports, clients the two public ones"
}

step_bad-input() {
    local other=$NAMESPACE-bad
    in_cluster kubectl create namespace "$other" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    bad() { in_cluster helm -n "$other" install bad "$CHART" "$@"; }
    local production=(-f "$CHART/values-production.yaml" --set "database.host=postgresql.example.com")
    refused 'there is no Secret tidings-api-token' bad "${production[@]}"
    in_cluster kubectl -n "$other" create secret generic tidings-api-token --from-literal=wrong=x
    refused 'Secret tidings-api-token in namespace .* has no key token' bad "${production[@]}"
    refused 'topics.job and migrations.job' bad -f "$VALUES" --set migrations.job=true
    refused 'insecure is for development' bad "${production[@]}" --set insecure=true
    [ -z "$(in_cluster kubectl -n "$other" get deployment,statefulset,job,service -o name)" ] || { echo "something was installed"; return 1; }
    in_cluster kubectl delete namespace "$other" --wait=false
    echo "missing Secret, missing key, contradicting values, switches for development: each refused by name, and nothing was created"
}

certificates() { # folder: an authority and a certificate for the parts
    local folder=$1
    mkdir -p "$folder"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$folder/ca.key" -out "$folder/ca.crt" -days 2 -subj /CN=parts-authority
    openssl req -newkey rsa:2048 -nodes -keyout "$folder/tls.key" -out "$folder/tls.csr" -subj /CN=parts
    openssl x509 -req -in "$folder/tls.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial -days 2 -out "$folder/tls.crt" \
        -extfile <(echo subjectAltName=DNS:postgresql,DNS:kafka,DNS:redis)
    cat "$folder/tls.key" "$folder/tls.crt" >"$folder/keystore.pem"
}

step_production() {
    local NAMESPACE=$NAMESPACE-production name
    ! h -n "${NAMESPACE%-production}" status tidings >/dev/null 2>&1 || h -n "${NAMESPACE%-production}" uninstall tidings --wait
    in_cluster kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    in_cluster kubectl label namespace "$NAMESPACE" --overwrite pod-security.kubernetes.io/enforce=restricted
    certificates "$target/tls"
    k create secret generic parts-tls --from-file="$target/tls/ca.crt" --from-file="$target/tls/tls.crt" --from-file="$target/tls/tls.key" --from-file="$target/tls/keystore.pem"
    # shellcheck disable=SC2016 # the pod's variables
    k create configmap parts-layout --from-file="$CHART/files/scripts/database.sql" \
        --from-literal=database.sh='psql -v ON_ERROR_STOP=1 -v backend="'"'"'$BACKEND_PASSWORD'"'"'" -v websocket="'"'"'$WEBSOCKET_PASSWORD'"'"'" -U postgres -d tidings -f /layout/database.sql'
    k apply -f "$here/parts.yaml"
    for name in app-token api-token; do k create secret generic "tidings-$name" --from-literal=token="$(openssl rand -hex 32)"; done
    k create secret generic tidings-cluster --from-literal=secret="$(openssl rand -hex 32)"
    k create secret generic tidings-jwt --from-literal=hs256="$(openssl rand -hex 32)"
    k create secret generic tidings-payments --from-literal=webhook="$(openssl rand -hex 32)"
    k create secret generic tidings-redis --from-literal=password=redis-password
    k create secret generic tidings-ca --from-file=ca.crt="$target/tls/ca.crt"
    k create secret generic tidings-database --from-literal=backend=wrong --from-literal=websocket=websocket-password
    k create secret generic tidings-kafka --from-literal=username=poor --from-literal=password=poor-password
    k wait pod -l 'app in (parts-postgresql, parts-kafka, parts-redis)' --for=condition=Ready --timeout=3m
    local production=(-f "$CHART/values-production.yaml" -f "$here/values-parts.yaml")

    # Mistakes: each ends the installation in a job, with a line that names it.
    local start=$SECONDS
    refused 'password authentication failed' h install tidings "$CHART" "${production[@]}" --set topics.job=false --timeout 5m
    echo "wrong password of PostgreSQL: refused after $((SECONDS - start)) s"
    h uninstall tidings
    k create secret generic tidings-database --from-literal=backend=backend-password --from-literal=websocket=websocket-password --dry-run=client -o yaml | k apply -f -
    start=$SECONDS
    refused "FAILED: 'poor' may not" h install tidings "$CHART" "${production[@]}" --set migrations.job=false --timeout 5m
    echo "missing rights in Kafka: refused after $((SECONDS - start)) s"
    h uninstall tidings
    k create secret generic tidings-kafka --from-literal=username=tidings --from-literal=password=wrong --dry-run=client -o yaml | k apply -f -
    start=$SECONDS
    refused 'refuses the login of' h install tidings "$CHART" "${production[@]}" --set migrations.job=false --timeout 5m
    echo "wrong password of Kafka: refused after $((SECONDS - start)) s"
    h uninstall tidings
    k create secret generic tidings-kafka --from-literal=username=tidings --from-literal=password=kafka-password --dry-run=client -o yaml | k apply -f -
    start=$SECONDS
    refused 'nowhere' h install tidings "$CHART" "${production[@]}" --set topics.job=false,database.host=nowhere --timeout 5m
    echo "unreachable PostgreSQL: refused after $((SECONDS - start)) s"
    h uninstall tidings
    [ -z "$(k get deployment,service -l app.kubernetes.io/part-of=tidings -o name)" ] || { echo "something was installed"; return 1; }

    h install tidings "$CHART" "${production[@]}" --wait --timeout 15m
    k get pods
    local count
    count=$(restarts)
    h test tidings
    k exec parts-postgresql -- psql -U postgres -h /var/run/postgresql -d tidings -c 'SELECT usename, ssl, version, count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename IS NOT NULL GROUP BY 1, 2, 3'
    h uninstall tidings --wait
    k wait --for=delete pod -l app.kubernetes.io/part-of=tidings --timeout=3m || true
    local surplus
    surplus=$(k get all,configmap,networkpolicy,job -l app.kubernetes.io/part-of=tidings -o name)
    in_cluster kubectl delete namespace "$NAMESPACE" --wait=false
    [ -z "$surplus" ] || { echo "left: $surplus"; return 1; }
    echo "wrong logins, missing rights and an unknown host are refused by name; then jobs, TLS to all three, helm test; $count restarts; uninstalled without a trace"
    [ "$count" -eq 0 ]
}

left() { # everything of ours in the namespace, but for what every namespace has
    k get "$(in_cluster kubectl api-resources --namespaced --verbs=list -o name | grep -v -e '^events' -e metrics | paste -sd,)" -o name --ignore-not-found 2>/dev/null |
        grep -v -e '^configmap/kube-root-ca.crt$' -e '^serviceaccount/default$' || true
}

step_uninstall() {
    h uninstall tidings --wait --timeout 5m
    k wait --for=delete pod --all --timeout=3m || true
    left | tee "$target/left"
    local surplus
    surplus=$(grep -v -e '^secret/tidings-' -e '^persistentvolumeclaim/data-tidings-' "$target/left" || true)
    [ -z "$surplus" ] || { echo "left: $surplus"; return 1; }
    echo "left: $(grep -c '^secret' "$target/left") Secrets and $(grep -c '^persistentvolumeclaim' "$target/left") volumes, as documented"
}

tasks_of_ada() { in_cluster curl -sS "http://$(address backend 8000)/api/tasks" -H "Authorization: Bearer $(in_cluster "$root/charts/token" ada --namespace "$NAMESPACE")"; }

step_reinstall() {
    h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    if [ -z "$OWN" ]; then forward backend 8000; sleep 3; fi
    tasks_of_ada | grep -o 'Write to Charles' | head -n 1
    stop_clients
    echo "ada's task is there; $(restarts) restarts"
    [ "$(restarts)" -eq 0 ]
}

step_clean-reinstall() {
    h uninstall tidings --wait --timeout 5m
    k wait --for=delete pod --all --timeout=3m || true
    k delete secret -l app.kubernetes.io/part-of=tidings
    refused 'volume data-tidings-postgresql-0 holds the database' h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    k delete pvc -l 'app in (tidings-postgresql, tidings-kafka)'
    [ -z "$(left)" ] || { echo "left: $(left)"; return 1; }
    h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    h test tidings | grep '^ok'
    echo "refused while only the Secrets were gone; installed and tested after the volumes went too; $(restarts) restarts"
    [ "$(restarts)" -eq 0 ]
}
