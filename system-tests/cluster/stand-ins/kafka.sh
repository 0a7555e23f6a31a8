#!/bin/bash
# Settings from the environment, storage formatted where it is new, then the broker.
set -e
export CLUSTER_ID=${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}
setup=$(java -Xmx128m -cp '/opt/kafka/libs/*' kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
    --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config 2>&1) || grep -q 'already formatted' <<<"$setup" || { echo "$setup"; exit 1; }
# shellcheck disable=SC2086 # the options are words
exec java $KAFKA_HEAP_OPTS -XX:+UseSerialGC -Dlog4j2.configurationFile=/etc/kafka/docker/log4j2.yaml -Dkafka.logs.dir=/opt/kafka/logs \
    -cp '/opt/kafka/libs/*' kafka.Kafka /opt/kafka/config/server.properties
