package dev.tidings.studentcache;

import dev.tidings.sidecar.state.FakeStateStore;
import dev.tidings.sidecar.state.StateStore;

class StudentCacheInMemoryTest extends CacheContract {
    private final FakeStateStore store = new FakeStateStore();

    @Override
    StateStore store() {
        return store;
    }
}
