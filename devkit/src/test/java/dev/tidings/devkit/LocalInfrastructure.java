package dev.tidings.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the infrastructure as processes of this machine, with data and logs in one folder. */
public final class LocalInfrastructure implements Infrastructure {

    /** Disables fsync: tests need durability against a crash of the process, not of the machine. */
    private static final Map<String, String> POSTGRES_FOR_TESTS =
            Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off");

    private final Path folder;
    private final Postgres postgres;
    private final Redis redis;
    private final KafkaBroker kafka;
    private final DaprdBinary daprdBinary;
    private final TidingsDatabase database;
    private final AtomicInteger counter = new AtomicInteger();
    private final List<Sidecar> sidecars = new CopyOnWriteArrayList<>();

    private LocalInfrastructure(
            Path folder, Postgres postgres, Redis redis, KafkaBroker kafka, DaprdBinary daprdBinary) {
        this.folder = folder;
        this.postgres = postgres;
        this.redis = redis;
        this.kafka = kafka;
        this.daprdBinary = daprdBinary;
        this.database = postgres.createDatabase(TidingsDatabase.NAME);
    }

    /** Starts the parts in parallel on free ports. */
    public static LocalInfrastructure start(Path folder) {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DaprdBinary> daprd = starters.submit(() -> DaprdBinary.locate(System.err::println));
            Future<Postgres> postgres = starters.submit(() -> Postgres.start(
                    folder.resolve("postgres"), folder.resolve("logs/postgres.log"), Ports.free(), POSTGRES_FOR_TESTS));
            Future<Redis> redis = starters.submit(
                    () -> Redis.start(folder.resolve("redis"), folder.resolve("logs/redis.log"), Ports.free()));
            Future<KafkaBroker> kafka = starters.submit(
                    () -> KafkaBroker.start(folder.resolve("kafka"), folder.resolve("logs/kafka.log"), Ports.free()));
            try {
                return new LocalInfrastructure(folder, postgres.get(), redis.get(), kafka.get(), daprd.get());
            } catch (ExecutionException e) {
                stopWhatStarted(postgres, redis, kafka);
                throw new IllegalStateException(
                        "A part of the infrastructure did not start; its log is in " + folder, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopWhatStarted(postgres, redis, kafka);
                throw new IllegalStateException(e);
            }
        }
    }

    /** Starts the parts in a new folder below {@code target/infrastructure} of the current module. They stop at the end of the JVM; the logs remain. */
    static LocalInfrastructure startTemporary() {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target/infrastructure").toAbsolutePath());
            Path folder = Files.createTempDirectory(parent, "run-");
            LocalInfrastructure started = start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                started.deleteData();
            }));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TidingsDatabase database() {
        return database;
    }

    @Override
    public TidingsDatabase freshDatabase() {
        return postgres.createDatabase("fresh_" + counter.incrementAndGet());
    }

    @Override
    public String redisAddress() {
        return redis.address();
    }

    @Override
    public void flushRedis() {
        redis.flush();
    }

    @Override
    public String kafkaBootstrap() {
        return kafka.bootstrap();
    }

    @Override
    public void createTopics(Map<String, Integer> partitionsByTopic) {
        kafka.createTopics(partitionsByTopic);
    }

    @Override
    public Daprd startSidecar(SidecarSpec spec) {
        Path logFile = folder.resolve("logs/daprd-%s-%d.log".formatted(spec.appId(), counter.incrementAndGet()));
        Daprd sidecar = Daprd.start(daprdBinary, complete(spec), logFile);
        sidecars.add(sidecar);
        sidecar.awaitReady();
        return sidecar;
    }

    @Override
    public void close() {
        sidecars.forEach(Sidecar::stop);
        kafka.stop();
        redis.stop();
        postgres.stop();
    }

    private SidecarSpec complete(SidecarSpec spec) {
        SidecarSpec complete = spec.withEnv(DaprComponents.environment(
                        kafka.bootstrap(),
                        redis.address(),
                        database.daprStateConnectionString(),
                        folder.resolve("names.db")))
                .withEnv(spec.env());
        if (spec.resources().isEmpty()) {
            complete = complete.withResources(DaprComponents.folder());
        }
        if (spec.config().isEmpty()) {
            complete = complete.withConfig(DaprComponents.folder().resolve("config.yaml"));
        }
        if (!spec.options().containsKey("dapr-graceful-shutdown-seconds")) {
            complete = complete.withGracefulShutdown(Duration.ofSeconds(2)); // a test's app is gone by then
        }
        return complete;
    }

    private void deleteData() {
        for (String part : List.of("postgres", "redis", "kafka")) {
            try {
                CacheFolder.delete(folder.resolve(part));
            } catch (IOException e) {
                System.err.println("Could not delete " + folder.resolve(part) + ": " + e);
            }
        }
    }

    @SafeVarargs
    private static void stopWhatStarted(Future<? extends AutoCloseable>... parts) {
        for (Future<? extends AutoCloseable> part : parts) {
            try {
                part.get().close();
            } catch (Exception notStarted) {
                // The caller reports the cause; here the other parts are stopped.
            }
        }
    }
}
