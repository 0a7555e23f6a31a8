package dev.tidings.charts;

import static dev.tidings.charts.Manifests.annotation;
import static dev.tidings.charts.Manifests.environment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.charts.Chart.Values;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-DP-3: connections to PostgreSQL, Kafka and Redis outside find the authorities that signed the servers' certificates. */
class EncryptionIT {

    private static final String AUTHORITIES = "/etc/tidings/ca/ca.crt";

    /** The driver's own default is a file in the user's home: without it no connection is made. */
    @Test
    void withoutAnAuthorityOfItsOwnTheDriverTakesThoseOfJava() {
        assertThat(Chart.rendered(Values.PRODUCTION).services())
                .allSatisfy(deployment -> assertThat(environment(deployment, "TIDINGS_DB_URL"))
                        .endsWith("?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"));
    }

    @Test
    void anAuthorityOfItsOwnReachesServicesSidecarsAndJobs() {
        Manifests everything = Chart.rendered(Values.EVERYTHING);

        assertThat(everything.services()).allSatisfy(deployment -> {
            assertThat(environment(deployment, "TIDINGS_DB_URL")).endsWith("&sslrootcert=" + AUTHORITIES);
            assertThat(annotation(deployment, "dapr.io/volume-mounts")).isEqualTo("ca:/etc/tidings/ca");
            assertThat(annotation(deployment, "dapr.io/env"))
                    .contains("SSL_CERT_FILE=" + AUTHORITIES)
                    .as("the injector then lets the sidecar run as root")
                    .doesNotContain("SSL_CERT_DIR");
        });
        assertThat(everything.pods().filter(EncryptionIT::connects)).hasSize(12).allSatisfy(pod -> {
            assertThat(pod.at("/spec/volumes").toString()).contains("\"secretName\":\"tidings-ca\"");
            assertThat(pod.at("/spec/containers/0/volumeMounts").toString()).contains("/etc/tidings/ca");
        });
    }

    /** All but helm's test. */
    private static boolean connects(JsonNode pod) {
        return !pod.at("/metadata/labels/app").asString().equals("tidings-test");
    }
}
