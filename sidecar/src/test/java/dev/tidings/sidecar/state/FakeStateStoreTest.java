package dev.tidings.sidecar.state;

class FakeStateStoreTest extends StateStoreContract {
    private final FakeStateStore store = new FakeStateStore();

    @Override
    StateStore store() {
        return store;
    }
}
