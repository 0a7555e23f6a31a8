package dev.tidings.websocket.cluster.store;

class FakeStateStoreTest extends StateStoreContract {
    private final FakeStateStore store = new FakeStateStore();

    @Override
    StateStore store() {
        return store;
    }
}
