# Waits until PostgreSQL and Kafka take connections, and half a minute for Redis, which services can do without. Reads POSTGRESQL,
# KAFKA and REDIS (host:port, or several of them with commas between; empty or unset is not awaited). Needs bash.
answers() { # host:port
    timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "${1%:*}" "${1##*:}" 2>/dev/null
}

for part in POSTGRESQL KAFKA REDIS; do
    tries=0
    until [ -z "${!part:-}" ]; do
        for address in ${!part//,/ }; do
            answers "$address" && break 2
        done
        if [ $part = REDIS ] && [ $tries -ge 30 ]; then
            echo "REDIS does not answer at $REDIS; starting without it"
            break
        fi
        [ $((tries++ % 10)) -ne 0 ] || echo "$part does not answer at ${!part} yet; trying again each second"
        sleep 1
    done
done
