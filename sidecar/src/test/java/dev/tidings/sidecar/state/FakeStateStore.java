package dev.tidings.sidecar.state;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A state store in memory, under the same contract as the real ones, with verbs for what befalls stores. */
public final class FakeStateStore implements StateStore {
    private final Map<String, Versioned> values = new HashMap<>();
    private long versions;
    private boolean silent;
    private int lostAnswers;
    private int lookups;
    private Runnable beforeEachCall = () -> {};

    @Override
    public synchronized Versioned get(String key) {
        answer();
        return values.getOrDefault(key, Versioned.ABSENT);
    }

    @Override
    public synchronized Map<String, Versioned> getAll(Collection<String> keys) {
        answer();
        lookups++;
        Map<String, Versioned> found = new HashMap<>();
        keys.forEach(key -> found.put(key, values.getOrDefault(key, Versioned.ABSENT)));
        return found;
    }

    @Override
    public synchronized boolean write(String key, String value, Versioned seen, Duration timeToLive) {
        answer();
        Versioned present = values.getOrDefault(key, Versioned.ABSENT);
        if (!Objects.equals(present.version(), seen.version())) {
            return false;
        }
        values.put(key, new Versioned(value, Long.toString(++versions)));
        perhapsLoseAnswer();
        return true;
    }

    @Override
    public synchronized boolean writeAll(List<StateChange> changes, Duration timeToLive) {
        boolean all = true;
        for (StateChange change : changes) {
            all &= write(change.key(), change.value(), change.seen(), timeToLive);
        }
        return all;
    }

    @Override
    public synchronized void put(String key, String value, Duration timeToLive) {
        answer();
        values.put(key, new Versioned(value, Long.toString(++versions)));
        perhapsLoseAnswer();
    }

    @Override
    public synchronized void putAndDelete(String key, String value, Duration timeToLive, List<String> deleted) {
        answer();
        values.put(key, new Versioned(value, Long.toString(++versions)));
        values.keySet().removeAll(deleted);
        perhapsLoseAnswer();
    }

    private void answer() {
        beforeEachCall.run();
        if (silent) {
            throw new StateStoreException("the store is silent");
        }
    }

    private void perhapsLoseAnswer() {
        if (lostAnswers > 0) {
            lostAnswers--;
            throw new StateStoreException("the write succeeded and its answer was lost");
        }
    }

    /** What others do before a call reaches the store. */
    public synchronized void beforeEachCall(Runnable others) {
        beforeEachCall = others;
    }

    /** From now on every call times out. */
    public synchronized void fallSilent() {
        silent = true;
    }

    public synchronized void answerAgain() {
        silent = false;
    }

    /** Loses all data. */
    public synchronized void empty() {
        values.clear();
    }

    /** Loses one key. */
    public synchronized void lose(String key) {
        values.remove(key);
    }

    /** The next writes succeed, and their writers do not hear of it. */
    public synchronized void loseAnswersOfWrites(int count) {
        lostAnswers = count;
    }

    /** How many questions for several keys were asked. */
    public synchronized int lookups() {
        return lookups;
    }
}
