# Kafka's jars from Maven, started as the official image does.
ARG BASE
FROM ${BASE}
COPY libs /opt/kafka/libs
COPY kafka.sh kafka-topics.sh /opt/kafka/bin/
COPY server.properties log4j2.yaml tools-log4j2.yaml /etc/kafka/docker/
RUN mkdir -p /opt/kafka/config /opt/kafka/logs /mnt/shared/config && ln -s /opt/kafka/bin/kafka.sh /etc/kafka/docker/run
CMD ["/etc/kafka/docker/run"]
