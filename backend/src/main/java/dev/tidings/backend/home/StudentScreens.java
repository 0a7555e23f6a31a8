package dev.tidings.backend.home;

import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.studentcache.StudentCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Invalidates cached screens after changes that emit no event for the cache-worker. Safe for any thread. */
@Component
public class StudentScreens {
    private static final Logger log = LoggerFactory.getLogger(StudentScreens.class);

    private final StudentCache cache;

    StudentScreens(StudentCache cache) {
        this.cache = cache;
    }

    /**
     * Invalidates the cached screens of a student after the commit of the caller's transaction. Does so in another thread, because
     * the cache is remote; if it fails, the entries expire.
     */
    public void invalidateAfterCommit(String studentId) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                Thread.ofVirtual().name("invalidate-screens").start(() -> invalidate(studentId));
            }
        });
    }

    private void invalidate(String studentId) {
        try {
            cache.invalidate(studentId);
        } catch (StateStoreException e) {
            log.warn(
                    "Cached screens of student {} may be old for up to {} s: {}",
                    studentId,
                    StudentCache.TIME_TO_LIVE.toSeconds(),
                    e.getMessage());
        }
    }
}
