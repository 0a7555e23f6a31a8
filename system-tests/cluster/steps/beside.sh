# What stands beside the release: services of others, and the metrics that scale it.
# shellcheck shell=bash

step_polyglot() { # as in examples/README.md
    local examples=$root/examples token
    k delete configmap announcements purchase-feed --ignore-not-found
    k create configmap announcements --from-file="$examples/announcements"
    k create configmap purchase-feed --from-file="$examples/purchase-feed"
    sed 's/name: pubsub$/name: pubsub-examples/' "$examples/components/pubsub-kafka.yaml" | k apply -f -
    k apply -f "$examples/kubernetes.yaml"
    h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 5m \
        --set services.websocket-service.env.TIDINGS_ROUTES_NOTIFICATIONS_PUBLISHERS='backend\,notification-service\,foreign-service\,announcements'
    k rollout status deployment/announcements --timeout=2m
    k rollout status deployment/purchase-feed --timeout=2m
    [ -n "$OWN" ] || { forward announcements 8020; forward purchase-feed 8021; }
    PURCHASES=1 start_clients
    token=$(in_cluster "$root/charts/token" ada --namespace "$NAMESPACE")
    in_cluster env WS="ws://$(address websocket-service 8004)" ANNOUNCEMENTS="http://$(address announcements 8020)" TOKEN="$token" \
        node --experimental-websocket --no-warnings -e '
            const socket = new WebSocket(`${process.env.WS}/ws?token=${process.env.TOKEN}`);
            const body = JSON.stringify({ userId: "ada", title: "Hello", message: "The library opens at nine" });
            socket.onmessage = ({ data }) => {
                console.log(data);
                if (data.includes(`"connected"`)) fetch(process.env.ANNOUNCEMENTS + "/announcements", { method: "POST", body }).then(async (r) => console.log(r.status, await r.text()));
                if (data.includes("The library opens at nine")) process.exit(0);
            };
            setTimeout(() => process.exit(1), 30_000);'
    until_true 30 feed_has_purchases
    end_clients
    k delete -f "$examples/kubernetes.yaml"
    k delete component pubsub-examples
    k delete configmap announcements purchase-feed
    h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 5m
    echo "an announcement of the Python service came to the socket; the Node service lists purchases; both removed again"
}
feed_has_purchases() { in_cluster curl -sS "http://$(address purchase-feed 8021)/purchases" | grep -q purchaseId; }

step_autoscaling() {
    [ -n "$OWN" ] || { echo "not tried: metrics-server, Prometheus and its adapter are not ours to install"; return; }
    in_cluster kubectl create namespace monitoring --dry-run=client -o yaml | in_cluster kubectl apply -f -
    # The rule of the guide, as the adapter itself wants it.
    { echo rules:; sed -n '/^  custom:$/,/^```/p' "$root/docs/operations/kubernetes.md" | sed '1d;$d;s/^  //'; } >"$target/adapter.yaml"
    in_cluster kubectl -n monitoring create configmap prometheus-adapter --from-file=config.yaml="$target/adapter.yaml" --dry-run=client -o yaml | in_cluster kubectl apply -f -
    in_cluster kubectl apply -f "$here/metrics.yaml"
    local part
    for part in metrics-server prometheus prometheus-adapter; do in_cluster kubectl -n monitoring rollout status "deployment/$part" --timeout=2m; done
    h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 5m --set services.websocket-service.autoscaling.enabled=true,services.websocket-service.autoscaling.min=2,services.websocket-service.autoscaling.max=4,services.websocket-service.autoscaling.connections=20
    USERS=100 start_clients
    local start=$SECONDS
    until_true 240 scaled_to 4 || { k describe hpa; return 1; }
    local took=$((SECONDS - start))
    k rollout status deployment/websocket-service --timeout=3m
    k get hpa
    k get hpa websocket-service -o jsonpath='{.status.currentMetrics}' | tee "$target/hpa.json" | grep -q '"container":"websocket-service","current":{"averageUtilization"' || { cat "$target/hpa.json"; echo "no CPU metric"; return 1; }
    end_clients
    h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 5m
    k scale deployment websocket-service --replicas 2
    in_cluster kubectl delete -f "$here/metrics.yaml" --wait=false
    echo "100 clients with a target of 20 for a replica: from 2 to 4 (the maximum) after $took s, by metrics.k8s.io and custom.metrics.k8s.io; $(tail -n 1 "$target/summary")"
}
scaled_to() { [ "$(k get deployment websocket-service -o jsonpath='{.spec.replicas}')" = "$1" ]; }
