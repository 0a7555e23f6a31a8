#!/bin/sh
# What a visitor would try first. Reads BACKEND and WEBSOCKET_SERVICE (host:port); needs wget and nc (busybox).
set -eu

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

for service in "$BACKEND" "$WEBSOCKET_SERVICE"; do
    wget -q -T 5 -O /dev/null "http://$service/health/ready" || fail "$service is not ready: see its log and /health"
    echo "$service is ready"
done

wget -q -T 5 -O - "http://$WEBSOCKET_SERVICE/stats" | grep -q total_connections || fail "$WEBSOCKET_SERVICE/stats does not answer"
echo "the replicas tell who is connected"

# A token that is not good: the upgrade is accepted, and closed at once with 4300, so nothing but the service is needed for it.
status=$(printf 'GET /ws?token=none HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n' "$WEBSOCKET_SERVICE" |
    nc -w 5 "${WEBSOCKET_SERVICE%:*}" "${WEBSOCKET_SERVICE#*:}" | head -n 1)
case $status in
    *101*) echo "a WebSocket opens" ;;
    *) fail "no upgrade at $WEBSOCKET_SERVICE/ws: $status" ;;
esac
