package dev.tidings.workers.notification;

import dev.tidings.workers.notification.ReminderTable.Due;
import dev.tidings.workers.runtime.ForWorker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates notifications for due tasks. Runs on the thread of the scheduler. */
@Component
@ForWorker("notification-service")
class DueTasks {
    private static final Logger log = LoggerFactory.getLogger(DueTasks.class);
    private static final int AT_ONCE = 100;

    private final ReminderTable reminders;
    private final CreateNotification notifications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DueTasks(ReminderTable reminders, CreateNotification notifications, TransactionTemplate transaction, Clock clock) {
        this.reminders = reminders;
        this.notifications = notifications;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void remind() {
        try {
            int taken;
            do {
                taken = Objects.requireNonNull(transaction.execute(status -> remindOfSome()));
            } while (taken == AT_ONCE);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Creating reminders failed; next attempt in 1 s: {}", e.getMessage());
        }
    }

    /** Claims due reminders and stores their notifications and events. Must run in a transaction. */
    private int remindOfSome() {
        List<Due> due = reminders.claim(clock.instant(), AT_ONCE);
        List<Notice> notices = new ArrayList<>();
        for (Due task : due) {
            if (task.userId() != null && task.title() != null) {
                notices.add(new Notice(
                        task.userId(),
                        "reminder",
                        false,
                        "Task due",
                        "Due: " + task.title(),
                        task.taskId().toString()));
                log.info("Reminded of task {}", task.taskId());
            }
        }
        if (!notices.isEmpty()) {
            notifications.add(notices);
        }
        return due.size();
    }
}
