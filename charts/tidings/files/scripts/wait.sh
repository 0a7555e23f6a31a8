# Waits until PostgreSQL, Kafka and Redis take connections. Reads POSTGRESQL, KAFKA and REDIS (host:port, or several of them with
# commas between; empty or unset is not awaited). Needs bash.
answers() { # host:port
    timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "${1%:*}" "${1##*:}" 2>/dev/null
}

for part in POSTGRESQL KAFKA REDIS; do
    until [ -z "${!part:-}" ]; do
        for address in ${!part//,/ }; do
            answers "$address" && break 2
        done
        [ $((tries++ % 10)) -ne 0 ] || echo "$part does not answer at ${!part} yet; trying again each second"
        sleep 1
    done
done
