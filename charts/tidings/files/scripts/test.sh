#!/bin/sh
# Tries what users and the services themselves need. Reads BACKEND, WEBSOCKET_SERVICE (host:port), SERVICES (host:port with spaces
# between), and JWT_SECRET, ISSUER, AUDIENCE (empty secret: only what needs no token is tried), DEMO_DATA. Needs nc, sha256sum and od
# (busybox).
set -eu

step=0
passed() {
    step=$((step + 1))
    echo "ok $step: $1"
}

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

http() { # method, host:port, path, token, body: prints status line, headers and body
    {
        printf '%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n' "$1" "$3" "$2"
        [ -z "${4:-}" ] || printf 'Authorization: Bearer %s\r\n' "$4"
        printf 'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$(printf %s "${5:-}" | wc -c)" "${5:-}"
    } | nc -w 5 "${2%:*}" "${2#*:}" 2>/dev/null || true
}

status() { head -n 1 | cut -d' ' -f2; }

field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# HMAC-SHA256 by hand: busybox has the hash only.
bytes() { # hex, mask: the bytes of the hex, each XORed with the mask, as octal escapes
    for byte in $(printf %s "$1" | sed 's/../& /g'); do printf '\\%03o' "$((0x$byte ^ $2))"; done
}

hmac() { # secret; reads the text, prints hex
    key=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
    [ ${#key} -le 128 ] || key=$(printf %s "$1" | sha256sum | cut -d' ' -f1)
    while [ ${#key} -lt 128 ]; do key=${key}00; done
    inner=$({ printf "$(bytes "$key" 0x36)"; cat; } | sha256sum | cut -d' ' -f1)
    { printf "$(bytes "$key" 0x5c)"; printf "$(bytes "$inner" 0)"; } | sha256sum | cut -d' ' -f1
}

base64url() { base64 | tr -d '\n=' | tr '+/' '-_'; }

token() { # user, role
    now=$(date +%s)
    unsigned=$(printf '{"alg":"HS256","typ":"JWT"}' | base64url).$(printf '{"sub":"%s","role":"%s","iss":"%s","aud":"%s","iat":%d,"exp":%d}' \
        "$1" "$2" "$ISSUER" "$AUDIENCE" "$now" $((now + 300)) | base64url)
    printf '%s.%s' "$unsigned" "$(printf "$(bytes "$(printf %s "$unsigned" | hmac "$JWT_SECRET")" 0)" | base64url)"
}

socket() { # token, file: opens a WebSocket for two minutes, what it receives goes to the file
    { printf 'GET /ws?token=%s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n' \
        "$1" "$WEBSOCKET_SERVICE"; sleep 120; } | nc "${WEBSOCKET_SERVICE%:*}" "${WEBSOCKET_SERVICE#*:}" >"$2" &
}

until_received() { # file, text, seconds
    tries=0
    until tr -d '\0' <"$1" | grep -q "$2"; do
        tries=$((tries + 1))
        [ "$tries" -le "$3" ] || return 1
        sleep 1
    done
}

# Of each service: its database, its sidecar as it sees it, its subscriptions; of websocket-service also its entry in the registry,
# which is a write to Redis through the sidecar.
for service in $SERVICES; do
    name=${service%:*}
    answer=$(http GET "$service" /health)
    case $(printf %s "$answer" | status) in
        200) passed "$name and its sidecar are well" ;;
        '') fail "$name does not answer: kubectl describe deployment,pod -l app=$name says why it has no ready pod (image, quota, sidecar)" ;;
        *) fail "$name is not well: $(printf %s "$answer" | tail -n 1)" ;;
    esac
done

# A token that is not good: the upgrade is accepted, and closed at once with 4300, so nothing but the service is needed for it.
socket none /tmp/refused
until_received /tmp/refused '^HTTP/1.1 101' 10 || fail "$WEBSOCKET_SERVICE/ws does not open a WebSocket: $(head -n 1 /tmp/refused)"
passed "a WebSocket opens"

if [ -z "${JWT_SECRET:-}" ]; then
    echo "A task and a purchase are not tried: tokens come from an issuer outside (jwt.hs256 is off)"
    exit 0
fi

run=$(date +%s)
user=$(token helm-test user)
socket "$user" /tmp/socket
until_received /tmp/socket '"connected"' 15 || fail "the WebSocket of a good token is not greeted: see the log of websocket-service"
answer=$(http POST "$BACKEND" /api/tasks "$user" "{\"title\":\"helm test $run\"}")
[ "$(printf %s "$answer" | status)" = 201 ] || fail "no task is created: $(printf %s "$answer" | tail -n 1)"
until_received /tmp/socket "helm test $run" 30 ||
    fail "a task does not reach the WebSocket within 30 s: outbox, Kafka or the subscription (docs/operations/troubleshooting.md)"
passed "a task reaches its user's WebSocket"

if [ "$DEMO_DATA" != true ]; then
    echo "A purchase is not tried: it would be a real one (demoData is off)"
    exit 0
fi

student=$(token "helm-test-$run" student)
# Another hour at each test, since the trainers of one hour may all be busy.
hour=$(printf %02d $((7 + run / 10 % 14)))
socket "$student" /tmp/student
until_received /tmp/student '"connected"' 15 || fail "the student's WebSocket is not greeted: see the log of websocket-service"
payment=$(http POST "$BACKEND" /api/v1/payments "$student" '{"courseId":"course-java","purchaseTier":10,"timeSlot":"'"$hour"':00"}' | field paymentId)
[ -n "$payment" ] || fail "no payment is created: see the log of backend"
answer=$(http POST "$BACKEND" "/api/v1/payments/$payment/confirm" "$student")
[ "$(printf %s "$answer" | status)" = 200 ] || fail "the payment is not confirmed: $(printf %s "$answer" | tail -n 1)"
until_received /tmp/student SESSIONS_GENERATED 60 ||
    fail "a purchase gets no sessions within 60 s: see the logs of allocation-worker and its container daprd, which invokes backend"
passed "a purchase is invoked through to its sessions"

# The trainer's time is given back, so that the test can be repeated.
admin=$(token helm-test-admin admin)
allocation=$(http GET "$BACKEND" '/api/v1/admin/allocations?status=approved' "$admin" | tr '{' '\n' | grep "\"helm-test-$run\"" | field allocationId)
answer=$(http POST "$BACKEND" "/api/v1/admin/allocations/$allocation/cancel" "$admin")
[ "$(printf %s "$answer" | status)" = 200 ] || fail "the test's allocation is not cancelled: $(printf %s "$answer" | tail -n 1)"
passed "the test's allocation is cancelled"
