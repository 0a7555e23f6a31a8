package dev.tidings.backend.home;

import dev.tidings.studentcache.CacheUnavailableException;
import dev.tidings.studentcache.StudentCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** For changes of the backend's own that cache-worker does not hear of. Safe for any thread. */
@Component
public class StudentScreens {
    private static final Logger log = LoggerFactory.getLogger(StudentScreens.class);

    private final StudentCache cache;

    StudentScreens(StudentCache cache) {
        this.cache = cache;
    }

    /**
     * The caller's transaction changes what the student's screens show: soon after its commit, what is cached of them is no longer
     * served. Nobody waits for it, since the cache is a remote call; if it fails, the entries end by themselves.
     */
    public void changeAfterCommit(String studentId) {
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
        } catch (CacheUnavailableException e) {
            log.warn(
                    "Cached screens of student {} may be old for up to {} s: {}",
                    studentId,
                    StudentCache.TIME_TO_LIVE.toSeconds(),
                    e.getMessage());
        }
    }
}
