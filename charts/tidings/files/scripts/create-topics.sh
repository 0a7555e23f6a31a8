#!/usr/bin/env bash
# Creates the topics that are missing, in an image of Apache Kafka. Reads BOOTSTRAP, TOPICS, PARTITIONS, REPLICATION_FACTOR, and
# SECURITY_PROTOCOL, SASL_USERNAME, SASL_PASSWORD where the broker wants a login, and CA (a PEM file) where its certificate is signed by
# an authority that Java does not know.
set -euo pipefail

client=$(mktemp) output=$(mktemp)
if [ -n "${SASL_USERNAME:-}" ]; then
    cat >"$client" <<EOF
security.protocol=$SECURITY_PROTOCOL
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="$SASL_USERNAME" password="$SASL_PASSWORD";
EOF
fi
[ -z "${CA:-}" ] || printf 'ssl.truststore.type=PEM\nssl.truststore.location=%s\n' "$CA" >>"$client"

# The tool is a JVM that takes one topic. The first one writes down its classes, so those that follow start in half the time.
export KAFKA_HEAP_OPTS=-Xmx128m
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/tmp/topics.jsa -Xlog:disable"

topics() {
    if /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$client" "$@" >"$output" 2>&1; then
        return
    elif grep -qE 'SaslAuthentication|SslAuthentication|SSL handshake' "$output"; then
        echo "FAILED: Kafka at $BOOTSTRAP refuses the login of '${SASL_USERNAME:-nobody}': correct secrets.kafka, kafka.authType or kafka.disableTls"
        exit 1
    elif grep -qi 'authoriz' "$output"; then
        echo "FAILED: '${SASL_USERNAME:-anonymous}' may not do this at $BOOTSTRAP: kafka-topics.sh $*. Grant it Create and Describe," \
            "or create the topics ($TOPICS) and set topics.job=false"
        exit 1
    fi
    tail -n 3 "$output"
    return 1
}

until topics --list; do
    echo "No broker at $BOOTSTRAP yet, trying again"
    sleep 2
done
present=$(cat "$output")
for topic in $TOPICS; do
    if ! grep -qxF "$topic" <<<"$present"; then
        # The broker unpacks what is compressed, so that the limit holds for the record. A letter is its event with its key twice
        # more, escaped: pubsub-kafka.yaml.
        limit=1048588
        if [ "$topic" = dead-letter-queue ]; then limit=8388608; fi
        topics --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" --replication-factor "$REPLICATION_FACTOR" \
            --config max.message.bytes="$limit" --config compression.type=uncompressed
        echo "Created topic $topic"
    fi
done
