package dev.tidings.edge;

import dev.tidings.edge.ConcurrencyLimits.RequestClass;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each user in service and queue. A user beyond the share is answered with 429, so one user cannot use up the
 * limit of all. Queued requests of users with few requests have priority ({@link #priority}).
 *
 * <p>Stores one entry per user with a request, so the concurrency limits bound its size.
 */
final class UserShares extends Handler.Wrapper {
    private static final String TOO_MANY =
            "too many concurrent requests of one user: try again after the time in Retry-After";
    private static final Set<RequestClass> OF_USERS = EnumSet.of(RequestClass.USER, RequestClass.UPGRADE);
    private static final String RANK = UserShares.class.getName();
    private static final int HIGHEST_PRIORITY = 10;

    private final int share;
    private final ConcurrentMap<String, Integer> requestsByUser = new ConcurrentHashMap<>();

    /** @param share maximum number of concurrent requests of one user */
    UserShares(int share) {
        this.share = share;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!OF_USERS.contains(RequestClass.of(request))) {
            return super.handle(request, response, callback);
        }
        String user = Caller.of(request).id();
        int rank = requestsByUser.merge(user, 1, Integer::sum);
        Request.addCompletionListener(request, _ -> requestsByUser.computeIfPresent(user, UserShares::less));
        if (rank > share) {
            Refusal.answer(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, TOO_MANY);
            return true;
        }
        request.setAttribute(RANK, rank);
        return super.handle(request, response, callback);
    }

    private static @Nullable Integer less(String user, int requests) {
        return requests == 1 ? null : requests - 1;
    }

    /** Returns a higher priority the fewer requests the user had when the request arrived; 0 for requests without a user. */
    static int priority(Request request) {
        return request.getAttribute(RANK) instanceof Integer rank ? Math.max(0, HIGHEST_PRIORITY - rank) : 0;
    }
}
