package dev.tidings.websocket.stream;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A log that leaves everything to another one. A test overrides what is to go wrong. */
public class ForwardingEventLog implements EventLog {
    private final EventLog log;

    public ForwardingEventLog(EventLog log) {
        this.log = log;
    }

    @Override
    public long epoch() {
        return log.epoch();
    }

    @Override
    public List<LoggedEvent> append(List<NewEvent> batch) {
        return log.append(batch);
    }

    @Override
    public LogPage read(StreamName stream, long after, int limit) {
        return log.read(stream, after, limit);
    }

    @Override
    public Map<StreamName, Long> tails(Collection<StreamName> streams) {
        return log.tails(streams);
    }

    @Override
    public Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since) {
        return log.numbersAt(streams, since);
    }
}
