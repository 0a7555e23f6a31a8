package dev.tidings.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The list of measurements. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures a system that ./run started from this folder.",
        subcommands = {TaskLatency.class, PurchaseFlow.class, HomeReads.class, IdleConnections.class, Overload.class})
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }
}
