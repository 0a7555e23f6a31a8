# Dapr's control plane under the services.
# shellcheck shell=bash

dapr_chart() { (cd "$root/tools/daprd" && go mod download -json "github.com/dapr/dapr@v$1" | sed -n 's/.*"Dir": "\(.*\)",/\1/p'); }

control_plane() { # version: installed or upgraded, with the settings of docs/operations/kubernetes.md but one replica of each part
    local part requests=()
    for part in operator sentry sidecar_injector placement scheduler; do requests+=(--set "dapr_$part.resources.requests.cpu=100m"); done
    in_cluster helm upgrade --install dapr "$(dapr_chart "$1")/charts/dapr" -n dapr-system --create-namespace --set global.registry=ghcr.io/dapr --set global.tag="$1" \
        --set dapr_operator.watchInterval=30s --set dapr_sidecar_injector.sidecarDropALLCapabilities=true \
        --set dapr_sidecar_injector.webhookFailurePolicy=Fail --wait --timeout 5m "${requests[@]}" \
        --set-json 'dapr_sidecar_injector.namespaceSelector={"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"NotIn","values":["dapr-system","kube-system"]}]}'
}

step_no-dapr() {
    [ -n "$OWN" ] || { echo "not tried: the cluster has Dapr"; return; }
    refused 'this cluster has no Dapr' h install tidings "$CHART" -f "$VALUES"
    [ -z "$(left)" ] || { echo "left: $(left)"; return 1; }
    echo "refused: this cluster has no Dapr: install it first (docs/operations/kubernetes.md)"
}

step_dapr() {
    [ -n "$OWN" ] || { in_cluster kubectl get crd components.dapr.io -o name; return; }
    control_plane "${dapr_before#v}"
    in_cluster kubectl -n dapr-system get pods
    echo "Dapr ${dapr_before#v}, with the settings of docs/operations/kubernetes.md, but one replica of each part"
}

restart_control_plane() {
    in_cluster kubectl -n dapr-system rollout restart deployment,statefulset
    local part
    for part in $(in_cluster kubectl -n dapr-system get deployment,statefulset -o name); do
        in_cluster kubectl -n dapr-system rollout status "$part" --timeout=3m
    done
}

injector_leaves() {
    in_cluster kubectl -n dapr-system scale deployment dapr-sidecar-injector --replicas 0
    in_cluster kubectl -n dapr-system wait --for=delete pod -l app=dapr-sidecar-injector --timeout=60s
}
injector_returns() {
    in_cluster kubectl -n dapr-system scale deployment dapr-sidecar-injector --replicas 1
    in_cluster kubectl -n dapr-system rollout status deployment/dapr-sidecar-injector --timeout=2m
}

step_dapr-restart() { under_load restart_dapr; }
restart_dapr() {
    restart_control_plane
    k delete pod -l app=session-worker
    k rollout status deployment/session-worker --timeout=3m
}

step_dapr-upgrade() {
    [ -n "$OWN" ] || { echo "not tried: the cluster's Dapr is not ours"; return; }
    under_load upgrade_dapr
}
upgrade_dapr() { # in the order of the guide: kinds, control plane, then the pods
    in_cluster kubectl apply --server-side --force-conflicts -f "$(dapr_chart "$DAPR")/charts/dapr/crds" >/dev/null
    control_plane "$DAPR"
    restart_services
    in_cluster kubectl -n dapr-system get deployment -o jsonpath='{range .items[*]}{.spec.template.spec.containers[0].image}{"\n"}{end}' | grep -v ":$DAPR\$" && return 1
    echo "${dapr_before#v} to $DAPR, then all pods restarted"
}

authority() { # folder: a new root and an issuer that it signed, as in the guide
    mkdir -p "$1"
    openssl ecparam -name prime256v1 -genkey -noout -out "$1/ca.key"
    openssl req -x509 -new -key "$1/ca.key" -subj /CN=cluster.local -days 365 -out "$1/ca.crt" \
        -addext basicConstraints=critical,CA:TRUE,pathlen:1 -addext keyUsage=critical,keyCertSign,cRLSign
    openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1/issuer.key"
    openssl req -new -key "$1/issuer.key" -subj /CN=cluster.local -out "$1/issuer.csr"
    openssl x509 -req -in "$1/issuer.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" -CAcreateserial -days 365 -out "$1/issuer.crt" \
        -extfile <(printf 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectAltName=DNS:cluster.local\n')
}

trust() { # file of roots [, issuer's certificate, its key]: in the Secret and the ConfigMap at once, since sentry makes a new authority where they differ
    in_cluster kubectl -n dapr-system create secret generic dapr-trust-bundle --dry-run=client -o json --from-file=ca.crt="$1" \
        ${2:+--from-file=issuer.crt="$2" --from-file=issuer.key="$3"} | only_data >"$target/mtls/secret.json"
    in_cluster kubectl -n dapr-system create configmap dapr-trust-bundle --dry-run=client -o json --from-file=ca.crt="$1" | only_data >"$target/mtls/configmap.json"
    in_cluster kubectl -n dapr-system patch configmap dapr-trust-bundle --patch-file "$target/mtls/configmap.json"
    in_cluster kubectl -n dapr-system patch secret dapr-trust-bundle --patch-file "$target/mtls/secret.json"
}
only_data() { node -e 'let t = ""; process.stdin.on("data", (d) => (t += d)).on("end", () => console.log(JSON.stringify({ data: JSON.parse(t).data })))'; }

step_certificates() { under_load renew_certificates; }
renew_certificates() {
    local new=$target/mtls
    rm -rf "$new"
    authority "$new"
    in_cluster kubectl -n dapr-system get secret dapr-trust-bundle -o 'jsonpath={.data.ca\.crt}' | base64 -d >"$new/old.crt"
    # Everyone trusts both roots, then certificates come from the new issuer, then only the new root is trusted.
    cat "$new/old.crt" "$new/ca.crt" >"$new/both.crt"
    trust "$new/both.crt"
    restart_control_plane
    restart_services
    trust "$new/both.crt" "$new/issuer.crt" "$new/issuer.key"
    restart_control_plane
    k delete pod -l app=allocation-worker # with a certificate of the new issuer, it calls backend, which has one of the old
    k rollout status deployment/allocation-worker --timeout=3m
    restart_services
    trust "$new/ca.crt"
    restart_control_plane
    k delete pod -l app=session-worker
    k rollout status deployment/session-worker --timeout=3m
    echo "root and issuer renewed in three steps"
}
