# shellcheck shell=bash
stranger_pod() { # the spec of a pod that namespaces with `restricted` admit; its container comes last, for the caller to go on with
    cat <<YAML
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: stranger
      image: $(sed -n '/^tests:/,$s/.*image: //p' "$CHART/values.yaml")
      imagePullPolicy: IfNotPresent
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
YAML
}

stranger() { # namespace, label, command: what a pod that is not ours sees
    local name=stranger-$RANDOM
    in_cluster kubectl -n "$1" apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $name, labels: {"${2%=*}": "${2#*=}"}}
$(stranger_pod)
      command: [sh, -c, $(printf '%s' "$3" | sed 's/"/\\"/g; s/^/"/; s/$/"/')]
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

# A pod with a sidecar and an app id of its own. It carries the label of allocation-worker, so that the network policies, which are
# another step, let it through to backend's sidecar.
step_access() {
    local name=stranger-with-a-sidecar
    k create configmap $name --from-literal=try.sh='
        ask() { # method, path
            # Held open for the answer: a sidecar cancels the call of a client that has closed its half.
            { printf "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" "$1" "$2"; sleep 2; } |
                nc -w 10 127.0.0.1 3500 | head -n 1 | cut -d" " -f2
        }
        tries=0
        until [ "$(ask GET /v1.0/healthz/outbound)" = 204 ] || [ $tries -gt 60 ]; do tries=$((tries + 1)); sleep 1; done
        echo "healthy $(ask GET /v1.0/healthz/outbound)"
        # Until the network knows the pod.
        until [ "$(ask GET /v1.0/invoke/backend/method/health)" != 500 ] || [ $tries -gt 90 ]; do tries=$((tries + 1)); sleep 1; done
        echo "invoke-auto-assign $(ask POST /v1.0/invoke/backend/method/api/v1/admin/allocations/auto-assign)"
        echo "invoke-tasks $(ask GET /v1.0/invoke/backend/method/api/tasks)"
        echo "publish $(ask POST /v1.0/publish/pubsub/task-updates)"
        echo "publish-foreign $(ask POST /v1.0/publish/pubsub-foreign/notifications)"
        echo "registry $(ask GET /v1.0/state/registry/anything)"
        echo "cache $(ask GET /v1.0/state/cache/anything)"'
    k apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $name
  labels: {app: allocation-worker}
  annotations: {dapr.io/enabled: "true", dapr.io/app-id: stranger, dapr.io/disable-builtin-k8s-secret-store: "true"}
$(stranger_pod)
      command: [sh, /try/try.sh]
      volumeMounts: [{name: try, mountPath: /try}]
  volumes: [{name: try, configMap: {name: $name}}]
YAML
    until_true 150 tried $name || { k describe pod $name; return 1; }
    local seen
    seen=$(k logs $name -c stranger | grep -v '^nc:')
    echo "$seen"
    k logs $name -c daprd | tail -n 20
    k delete pod,configmap $name --wait=false
    [ "$seen" = "healthy 204
invoke-auto-assign 403
invoke-tasks 403
publish 404
publish-foreign 404
registry 500
cache 500" ] || return 1
    echo "invoking backend is answered with 403; no component is there to publish with or to read from"
}
tried() { [ -n "$(k get pod "$1" -o 'jsonpath={.status.containerStatuses[?(@.name=="stranger")].state.terminated.reason}')" ]; }
