# The image of a service. ./build calls it with a context of two files: app.jar (Spring Boot's) and sbom.json.
ARG JDK=docker.io/library/eclipse-temurin:25-jdk
ARG BASE=docker.io/library/debian:trixie-slim

# --- a Java runtime with what Spring Boot, the JDBC driver and jcmd need ---
FROM ${JDK} AS runtime
RUN jlink --output /opt/java --no-header-files --no-man-pages --compress zip-6 --add-modules \
java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,\
java.sql,java.xml,jdk.crypto.cryptoki,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# --- the jar taken apart, so that a change of our code is a layer of some hundred kilobytes ---
FROM ${JDK} AS layers
COPY app.jar /build/app.jar
RUN cd /build && java -Djarmode=tools -jar app.jar extract --layers --destination layers

FROM ${BASE}
COPY --from=runtime /opt/java /opt/java
COPY --from=layers /build/layers/dependencies/ /app/
COPY --from=layers /build/layers/snapshot-dependencies/ /app/
COPY --from=layers /build/layers/application/ /app/
COPY java.options sbom.json /app/
# A rehearsal: the context is built and thrown away, and what it loaded and linked is the cache. There is no database here, so a
# context may fail at the bean that asks for one; the cache then lacks what would have come after, and no more.
RUN TIDINGS_JWT_HS256_SECRET=for-the-rehearsal-only-0123456789abc APP_API_TOKEN=rehearsal TIDINGS_CLUSTER_SECRET=for-the-rehearsal \
    TIDINGS_WORKER=cache-worker SPRING_FLYWAY_ENABLED=false SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT=250 \
    /opt/java/bin/java @/app/java.options -XX:AOTCacheOutput=/app/app.aot -Dspring.context.exit=onRefresh -jar /app/app.jar \
    >/tmp/rehearsal.log 2>&1 || true; \
    test -s /app/app.aot || { cat /tmp/rehearsal.log; exit 1; }; rm /tmp/rehearsal.log
ARG PORT
ENV PATH=/opt/java/bin:$PATH SERVER_PORT=${PORT}
USER 10001:10001
WORKDIR /tmp
EXPOSE ${PORT}
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar"]
ARG SERVICE
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title=${SERVICE} \
      org.opencontainers.image.version=${VERSION} \
      org.opencontainers.image.revision=${REVISION} \
      org.opencontainers.image.description="Tidings: ${SERVICE}" \
      dev.tidings.sbom=/app/sbom.json
