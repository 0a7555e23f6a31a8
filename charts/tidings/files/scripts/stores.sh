# A sidecar that starts while Redis is away goes on without its stores. When Redis is back, this ends the sidecar, and Kubernetes starts
# it again: with its stores. Reads REDIS and SIDECAR (host:port), DAPR_API_TOKEN, and PAUSE (seconds, 15). Needs bash.
trap exit TERM

ask() { # method, path, further header
    {
        exec 3<>"/dev/tcp/${SIDECAR%:*}/${SIDECAR##*:}" &&
            printf '%s %s HTTP/1.0\r\nHost: localhost\r\ndapr-api-token: %s\r\n%s\r\n\r\n' "$1" "$2" "$DAPR_API_TOKEN" "${3:-accept: */*}" >&3 && timeout 5 cat <&3
    } 2>/dev/null
}

missing=0
while :; do
    sleep "${PAUSE:-15}" &
    wait $!
    case $(ask GET /v1.0/metadata) in
        HTTP/1.?' 200'*'"state.redis"'*) missing=0 ;;
        HTTP/1.?' 200'*) missing=$((missing + 1)) ;;
    esac
    # Twice: it may have been on its way.
    if [ $missing -ge 2 ] && timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "${REDIS%:*}" "${REDIS##*:}" 2>/dev/null; then
        echo "The sidecar has no store, because Redis was away when it started. Redis answers again: restarting the sidecar."
        ask POST /v1.0/shutdown 'dapr-force-shutdown: true' >/dev/null
        missing=0
    fi
done
