package dev.tidings.edge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many requests of each user are served or wait for a place. A user with too many is answered 429, so that one user
 * never takes the places of all; of the requests that wait, those of users with few go first ({@link #priority}).
 *
 * <p>Holds an entry per user with a request in the service, so the lanes' bounds are its own.
 */
final class UserShares extends Handler.Wrapper {
    private static final String TOO_MANY =
            "too many of your requests are in the service at the same time: try again after the time in Retry-After";
    private static final String RANK = UserShares.class.getName();
    private static final int HIGHEST_PRIORITY = 10;

    private final int share;
    private final ConcurrentMap<String, Integer> requestsByUser = new ConcurrentHashMap<>();

    /** @param share most requests of one user at one time */
    UserShares(int share) {
        this.share = share;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (ConcurrencyLimits.RequestClass.of(request) != ConcurrencyLimits.RequestClass.USER) {
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

    /** The higher, the fewer requests its user had in the service when it came; 0 for requests of nobody. */
    static int priority(Request request) {
        return request.getAttribute(RANK) instanceof Integer rank ? Math.max(0, HIGHEST_PRIORITY - rank) : 0;
    }
}
