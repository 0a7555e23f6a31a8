# shellcheck shell=bash
step_bad-input() {
    local other=$NAMESPACE-bad
    in_cluster kubectl create namespace "$other" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    in_cluster kubectl -n "$other" delete secret tidings-api-token --ignore-not-found
    bad() { in_cluster helm -n "$other" install bad "$CHART" "$@"; }
    local production=(-f "$CHART/values-production.yaml" --set "database.host=postgresql.example.com")
    refused 'there is no Secret tidings-api-token' bad "${production[@]}"
    in_cluster kubectl -n "$other" create secret generic tidings-api-token --from-literal=wrong=x
    refused 'Secret tidings-api-token in namespace .* has no key token' bad "${production[@]}"
    refused 'topics.job and migrations.job' bad -f "$VALUES" --set migrations.job=true
    refused 'insecure is for development' bad "${production[@]}" --set insecure=true
    in_cluster kubectl -n "$other" create quota small --hard=requests.memory=1Gi
    refused 'ResourceQuota small of namespace .* allows requests.memory: 1Gi' bad -f "$VALUES"
    in_cluster kubectl -n "$other" delete quota small
    if [ -n "$OWN" ]; then
        injector_leaves
        refused "Dapr's injector is away" bad -f "$VALUES"
        injector_returns
    fi
    [ -z "$(in_cluster kubectl -n "$other" get deployment,statefulset,job,service -o name)" ] || { echo "something was installed"; return 1; }
    # What no check can see before: helm test names it.
    in_cluster kubectl -n "$other" delete secret tidings-api-token
    bad -f "$VALUES" --set image.tag=not-there
    refused 'kubectl describe deployment,pod -l app=.* says why it has no ready pod' in_cluster helm -n "$other" test bad
    in_cluster kubectl -n "$other" describe pod -l app=backend | grep -m 1 -e 'not-there'
    in_cluster helm -n "$other" uninstall bad --wait
    in_cluster kubectl delete namespace "$other" --wait=false
    echo "missing Secret, missing key, contradicting values, switches for development, too small a quota, an injector that is away: each refused by name, and nothing was created; helm test names a service without its image"
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
    local count sidecars
    count=$(restarts)
    sidecars=$(restarts daprd)
    h test tidings
    k exec parts-postgresql -- psql -U postgres -h /var/run/postgresql -d tidings -c 'SELECT usename, ssl, version, count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename IS NOT NULL GROUP BY 1, 2, 3'
    h uninstall tidings --wait
    k wait --for=delete pod -l app.kubernetes.io/part-of=tidings --timeout=3m || true
    local surplus
    surplus=$(k get all,configmap,networkpolicy,job -l app.kubernetes.io/part-of=tidings -o name)
    in_cluster kubectl delete namespace "$NAMESPACE" --wait=false
    [ -z "$surplus" ] || { echo "left: $surplus"; return 1; }
    echo "wrong logins, missing rights and an unknown host are refused by name; then jobs, TLS to all three, helm test; $count restarts, of sidecars $sidecars; uninstalled without a trace"
    [ "$count" -eq 0 ]
}
