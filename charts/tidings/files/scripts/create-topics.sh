#!/usr/bin/env bash
# Creates the topics that are missing, in an image of Apache Kafka. Reads BOOTSTRAP, TOPICS, PARTITIONS, REPLICATION_FACTOR, and
# SECURITY_PROTOCOL, SASL_USERNAME, SASL_PASSWORD where the broker wants a login.
set -euo pipefail

client=$(mktemp)
if [ -n "${SASL_USERNAME:-}" ]; then
    cat >"$client" <<EOF
security.protocol=$SECURITY_PROTOCOL
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="$SASL_USERNAME" password="$SASL_PASSWORD";
EOF
fi

topics() {
    KAFKA_HEAP_OPTS=-Xmx128m /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$client" "$@"
}

until present=$(topics --list); do
    echo "No broker at $BOOTSTRAP yet, trying again"
    sleep 2
done
for topic in $TOPICS; do
    if ! grep -qxF "$topic" <<<"$present"; then
        topics --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" --replication-factor "$REPLICATION_FACTOR"
    fi
done
