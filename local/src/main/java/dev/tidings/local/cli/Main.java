package dev.tidings.local.cli;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.events.UserId;
import dev.tidings.local.supervision.Durations;
import dev.tidings.local.supervision.LocalState;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.supervision.StatusReport;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.PortPlan;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.tokens.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line behind {@code ./run}. Without a command it starts the system and runs until it is stopped. */
@Command(
        name = "./run",
        description = "Starts all of Tidings on this machine and keeps it running; Ctrl-C stops it.",
        sortOptions = false,
        subcommands = {
            Main.Token.class,
            Main.Status.class,
            Main.Why.class,
            Main.Stop.class,
            Main.Reset.class,
            HelpCommand.class
        })
final class Main implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "" + StackOptions.DEFAULT_REPLICAS,
            description = "number of replicas of the WebSocket service (default: ${DEFAULT-VALUE})")
    private int replicas;

    @Option(
            names = "--insecure",
            description = "for development: the WebSocket service accepts a bare user_id, without a token")
    private boolean insecure;

    @Option(
            names = "--examples",
            description = "also starts the services in examples/, which are in Python and Node; needs python3 and node")
    private boolean examples;

    @Option(
            names = "--infrastructure",
            description =
                    "starts only PostgreSQL, Redis and Kafka, for services that you start yourself (see dapr.yaml)")
    private boolean infrastructureOnly;

    @Option(
            names = "--port",
            paramLabel = "PART=N",
            description =
                    "uses another port for backend, websocket-service (the first replica's), examples (the first), postgres, redis or kafka")
    private Map<String, Integer> ports = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this help")
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Launcher.run(options(), new Console(System.out));
    }

    private StackOptions options() {
        try {
            refuseOtherProfiles(System.getenv("TIDINGS_PROFILE"));
            if (replicas < 1) {
                throw new IllegalArgumentException("--replicas must be at least 1");
            }
            return StackOptions.standard(ProjectRoot.find())
                    .withReplicas(replicas)
                    .with(Switch.INSECURE, insecure)
                    .with(Switch.EXAMPLES, examples)
                    .with(Switch.WITHOUT_SERVICES, infrastructureOnly)
                    .withPorts(PortPlan.standardExcept(ports));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The services would refuse to start, since their settings here are for development. */
    static void refuseOtherProfiles(@Nullable String profile) {
        if (profile != null && !profile.equals("default")) {
            throw new IllegalArgumentException(
                    "TIDINGS_PROFILE is '%s', and of the known profiles, default and production, ./run starts default only: unset it"
                            .formatted(profile));
        }
    }

    @Command(name = "token", description = "Prints a token that the system accepts, and nothing else.")
    static final class Token implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "USER", description = "the user's id, 1 to 128 characters")
        private String user = "";

        @Option(
                names = "--role",
                paramLabel = "R",
                defaultValue = "user",
                converter = RoleConverter.class,
                description = "student, trainer, admin, user or operator (default: ${DEFAULT-VALUE})")
        private Role role = Role.USER;

        @Option(
                names = "--ttl",
                paramLabel = "T",
                defaultValue = "1h",
                converter = TtlConverter.class,
                description = "how long the token is valid: 30s, 15m, 1h, 7d (default: ${DEFAULT-VALUE})")
        private Duration ttl = Duration.ofHours(1);

        @Override
        public Integer call() {
            String complaint = UserId.complaint(user);
            if (!complaint.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "USER is not a user id: it " + complaint);
            }
            spec.commandLine()
                    .getOut()
                    .println(LocalStack.tokenIssuer(ProjectRoot.find()).issue(user, role, ttl));
            return 0;
        }
    }

    @Command(
            name = "status",
            description = "Shows each part: name, pid, port, state. Exit code 0: all up; 1: not all; 3: not running.")
    static final class Status implements Callable<Integer> {

        @Option(names = "--json", description = "prints JSON instead of a table")
        private boolean json;

        @Override
        public Integer call() {
            LocalState state = LocalState.read(ProjectRoot.find());
            System.out.print(json ? StatusReport.json(state) : StatusReport.table(state));
            return StatusReport.exitCode(state);
        }
    }

    @Command(
            name = "why",
            sortOptions = false,
            description =
                    "Prints why a screen did not update: verdict and steps of an event, a payment, an order, a task or a user."
                            + " Exit code 0: delivered; 1: on the way or not delivered; 2: nothing is known of the id; 3: no answer.")
    static final class Why implements Callable<Integer> {

        private static final int MAX_ID = 256;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "ID",
                description = "id of an event, payment, order, task or user, or a correlation id")
        private String id = "";

        @Option(
                names = "--backend",
                paramLabel = "URL",
                description = "asks this backend instead of the one that ./run started")
        private String backend = "";

        @Option(names = "--token", paramLabel = "T", description = "an operator's token for that backend")
        private String token = "";

        @Override
        public Integer call() {
            if (id.isBlank() || id.length() > MAX_ID) {
                throw new ParameterException(spec.commandLine(), "ID must have 1 to %d characters".formatted(MAX_ID));
            }
            if (!backend.isEmpty() && token.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--backend needs --token");
            }
            CommandLine terminal = spec.commandLine();
            return new JourneyQuery(id, backend, token).print(terminal.getOut(), terminal.getErr());
        }
    }

    @Command(name = "stop", description = "Stops the system; the data stays.")
    static final class Stop implements Callable<Integer> {
        @Override
        public Integer call() {
            Shutdown.stop(folder(), new Console(System.out));
            return 0;
        }
    }

    @Command(name = "reset", description = "Stops the system and removes its data and secrets.")
    static final class Reset implements Callable<Integer> {
        @Override
        public Integer call() {
            Shutdown.reset(folder(), new Console(System.out));
            return 0;
        }
    }

    static final class RoleConverter implements CommandLine.ITypeConverter<Role> {
        @Override
        public Role convert(String value) {
            return Role.of(value)
                    .orElseThrow(() -> new TypeConversionException("'%s' is no role; there are %s"
                            .formatted(
                                    value,
                                    Arrays.stream(Role.values())
                                            .map(Role::wireName)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    static final class TtlConverter implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return Durations.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((wrong, _) -> {
                    String reason = String.valueOf(wrong.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("");
                    wrong.getCommandLine().getErr().println("./run: %s. See ./run help".formatted(reason));
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, command, _) -> {
                    command.getErr().println("./run: " + inOneLine(e));
                    return FAILED;
                });
    }

    private static String inOneLine(Exception e) {
        if (e instanceof Problem) {
            return String.valueOf(e.getMessage());
        }
        LauncherLog.open(folder());
        Logger.getLogger(Main.class.getName()).log(Level.SEVERE, "unexpected", e);
        return "unexpected error: %s. Details: %s".formatted(e, Problem.shown(LauncherLog.in(folder())));
    }

    private static Path folder() {
        return ProjectRoot.find().resolve(LocalState.FOLDER);
    }

    public static void main(String[] args) {
        LauncherLog.closeTerminal();
        System.exit(commandLine().execute(args));
    }

    private Main() {}
}
