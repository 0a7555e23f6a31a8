package dev.tidings.websocket.cluster;

import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;

/**
 * Asks every replica of the cluster about its connections: all live ones at the same time, and waits for their answers, for about
 * a second at most. Who refuses the connection is gone and not mentioned.
 */
public interface RollCall {
    /** How many connections each user has. */
    Roll<Map<String, Integer>> countByUser() throws InterruptedException;

    /** How far the connections that follow a stream are, those that closed lately too. */
    Roll<List<ConnectionProgress>> progress(StreamName stream) throws InterruptedException;

    /**
     * What one replica answered.
     *
     * @param id its present boot id
     * @param name its name
     */
    record Answer<T>(String id, String name, T value) {}

    /**
     * The answers.
     *
     * @param answers of the replicas that gave one, this one included, in the order of their names
     * @param silent names of replicas that hold a lease but did not answer in time, so that the roll may lack some
     */
    record Roll<T>(List<Answer<T>> answers, List<String> silent) {
        public Roll {
            answers = List.copyOf(answers);
            silent = List.copyOf(silent);
        }
    }
}
