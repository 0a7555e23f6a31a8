# Whether the service and its sidecar answer. The output of the last failure is in the events of the pod. Needs bash.
ok() { # port, path
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3 && head -n 1 <&3 | grep -q '^HTTP/1.. 2'
} 2>/dev/null

if [ -z "${DAPR_HTTP_PORT:-}" ]; then
    echo "This pod has no sidecar: Dapr's injector was away when it was created. See that dapr-sidecar-injector runs, then delete this pod."
    exit 1
fi
ok "$SERVER_PORT" /health/live || { echo "The service does not answer at /health/live yet: see the log of its container."; exit 1; }
ok "$DAPR_HTTP_PORT" /v1.0/healthz/outbound || { echo "The sidecar is not ready yet: see the log of container daprd."; exit 1; }
