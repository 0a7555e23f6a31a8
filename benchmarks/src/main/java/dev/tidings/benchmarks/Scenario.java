package dev.tidings.benchmarks;

/** One of the measurements of {@code benchmarks/run}. */
interface Scenario {
    /** Measures and fills the table, a row for each step. */
    void run(Lab lab, Table table) throws Exception;
}
