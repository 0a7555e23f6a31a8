package dev.tidings.websocket.ingest;

import dev.tidings.sidecar.CloudEventReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** From the bytes of a CloudEvent to its streams, by the routing table that the service ships with. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingBenchmark {
    private static final byte[] TASK = """
            {"specversion":"1.0","id":"0197f3a4-7c1e-7b5e-9f5a-2f1c8e6a4b10","source":"backend","type":"task.created",\
            "time":"2026-02-07T12:00:00.123Z","datacontenttype":"application/json","data":{"event_type":"task.created",\
            "user_id":"user-123","title":"A title of usual length"}}""".getBytes(StandardCharsets.UTF_8);

    private final Route route;
    private final EventValidator validator;

    public RoutingBenchmark() {
        Binder settings = settings();
        route = settings.bind("tidings", RoutingTable.class)
                .get()
                .of("task-updates")
                .orElseThrow();
        validator = new EventValidator(
                settings.bind("tidings.ingest", IngestSettings.class).get());
    }

    private static Binder settings() {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.getPropertySources().addLast(TopologyRoutes.properties());
        return Binder.get(environment);
    }

    @Benchmark
    public ValidationResult readAndRoute() {
        return validator.validate(route, CloudEventReader.read("task-updates", TASK, null, null, Instant.EPOCH));
    }
}
