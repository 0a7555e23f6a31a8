package dev.tidings.studentcache;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store in memory, under the same contract as the real ones, with verbs for what befalls stores. */
final class FakeCacheStore implements CacheStore {
    private final Map<String, String> values = new HashMap<>();
    private Runnable beforeEachCall = () -> {};
    private boolean silent;
    private boolean losesAnswers;

    @Override
    public Map<String, String> read(List<String> keys) {
        answer();
        Map<String, String> found = new HashMap<>(values);
        found.keySet().retainAll(keys);
        return found;
    }

    @Override
    public void write(String key, String json, Duration timeToLive) {
        answer();
        values.put(key, json);
        loseAnswer();
    }

    @Override
    public void writeAndDelete(String key, String json, Duration timeToLive, List<String> deleted) {
        answer();
        values.put(key, json);
        values.keySet().removeAll(deleted);
        loseAnswer();
    }

    private void answer() {
        beforeEachCall.run();
        if (silent) {
            throw new CacheUnavailableException("the store is silent");
        }
    }

    private void loseAnswer() {
        if (losesAnswers) {
            throw new CacheUnavailableException("the write took place and its answer was lost");
        }
    }

    /** What others do before a call reaches the store. */
    void beforeEachCall(Runnable others) {
        beforeEachCall = others;
    }

    void silent(boolean now) {
        silent = now;
    }

    void losesAnswers(boolean now) {
        losesAnswers = now;
    }

    /** Expired, or evicted. */
    void lose(String key) {
        values.remove(key);
    }
}
