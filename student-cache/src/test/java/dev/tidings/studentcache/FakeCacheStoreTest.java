package dev.tidings.studentcache;

class FakeCacheStoreTest extends CacheContract {
    private final FakeCacheStore store = new FakeCacheStore();

    @Override
    CacheStore store() {
        return store;
    }
}
