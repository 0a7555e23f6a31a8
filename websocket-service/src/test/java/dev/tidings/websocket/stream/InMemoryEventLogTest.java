package dev.tidings.websocket.stream;

class InMemoryEventLogTest extends EventLogContract {
    private final InMemoryEventLog log = new InMemoryEventLog();

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected void expire(StreamName stream, long upTo) {
        log.expire(stream, upTo);
    }

    @Override
    protected void forget(StreamName stream, long upTo) {
        log.forget(stream, upTo);
    }
}
