package dev.tidings.workers;

import dev.tidings.topology.App;
import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Starts several workers in one JVM, each as an application with its own port, sidecar, consumer group, database role and settings. They
 * share memory and compiled code, and end together, so this is for one machine; in a cluster a process has one worker.
 *
 * <p>A variable with a worker's app id in front is a variable of that worker alone: {@code PURCHASE_WORKER_SERVER_PORT} is its {@code
 * SERVER_PORT}.
 */
final class WorkersInOneProcess {
    private WorkersInOneProcess() {}

    /**
     * Returns when the workers are starting. Ends the JVM if one of them does not start.
     *
     * @param ids app ids of workers, separated by commas
     * @throws IllegalArgumentException if one is no app id; then no worker starts
     */
    static void run(String ids, String... args) {
        List<App> workers =
                Arrays.stream(ids.split(",")).map(String::strip).map(App::of).toList();
        for (App worker : workers) {
            CountDownLatch prepared = new CountDownLatch(1);
            Thread.ofPlatform().name(worker.id()).start(() -> run(worker, prepared, args));
            try {
                prepared.await(); // the first one initializes the logging of the JVM
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void run(App worker, CountDownLatch prepared, String... args) {
        SpringApplication application = new SpringApplication(WorkersApplication.class);
        StandardEnvironment environment = new StandardEnvironment();
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .addBefore(
                        system,
                        new SystemEnvironmentPropertySource(
                                worker.id() + "-" + system, Map.copyOf(variables(worker, System.getenv()))));
        application.setEnvironment(environment);
        application.addListeners((ApplicationListener<ApplicationPreparedEvent>) _ -> prepared.countDown());
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("workerInLogLines", Filter.class, () -> workerInLogLines(worker.id())));
        try {
            application.run(args);
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(WorkersInOneProcess.class)
                    .error("{} did not start, so the process with all its workers ends", worker.id(), e);
            System.exit(1);
        }
    }

    /** Returns the variables of a worker: its own ones without its name in front, and the name itself. */
    static Map<String, Object> variables(App worker, Map<String, String> environment) {
        String prefix = worker.variablePrefix();
        Map<String, Object> own = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        variable -> variable.getKey().substring(prefix.length()), Map.Entry::getValue));
        own.put("TIDINGS_WORKER", worker.id());
        return own;
    }

    /** Names the worker in the log lines of a request. */
    private static Filter workerInLogLines(String worker) {
        return (request, response, chain) -> {
            try (var _ = MDC.putCloseable("worker", worker)) {
                chain.doFilter(request, response);
            }
        };
    }
}
