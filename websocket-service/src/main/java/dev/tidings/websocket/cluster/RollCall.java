package dev.tidings.websocket.cluster;

import java.util.List;

/** Asks every replica of the cluster who is connected there. */
public interface RollCall {
    /**
     * Asks all live replicas at the same time and waits for their answers, for about a second at most. Who refuses the
     * connection is gone and not mentioned.
     */
    Roll call() throws InterruptedException;

    /**
     * The answers.
     *
     * @param replicas that answered, this one included, in the order of their names
     * @param silent names of replicas that hold a lease but did not answer in time, so that the roll may lack some
     */
    record Roll(List<ReplicaConnections> replicas, List<String> silent) {
        public Roll {
            replicas = List.copyOf(replicas);
            silent = List.copyOf(silent);
        }
    }
}
