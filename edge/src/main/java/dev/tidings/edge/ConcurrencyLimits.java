package dev.tidings.edge;

import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Limits the number of concurrent and queued requests per request class, so that a flood of one class does not affect the others.
 * Beyond the limits a request is answered with 503 and {@code Retry-After}. Users share their limit fairly ({@link UserShares}).
 */
final class ConcurrencyLimits {
    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready", "/metrics");

    enum RequestClass {
        PROBE,
        TRUSTED,
        USER,
        /** The upgrade of a user to a WebSocket. */
        UPGRADE,
        ANONYMOUS;

        private static final String UPGRADES = RequestClass.class.getName();

        /** Marks a request to the path where users open WebSockets. */
        static void markUpgrade(Request request) {
            request.setAttribute(UPGRADES, true);
        }

        static RequestClass of(Request request) {
            if (PROBES.contains(request.getHttpURI().getPath())) {
                return PROBE;
            }
            return switch (Caller.of(request).kind()) {
                case TRUSTED -> TRUSTED;
                case USER -> request.getAttribute(UPGRADES) == null ? USER : UPGRADE;
                case ANONYMOUS -> ANONYMOUS;
            };
        }
    }

    private ConcurrencyLimits() {}

    static Handler before(Handler service, EdgeSettings settings) {
        Handler handler = service;
        handler = limiter(RequestClass.PROBE, settings.probes(), handler);
        handler = limiter(RequestClass.TRUSTED, settings.trusted(), handler);
        handler = limiter(RequestClass.USER, settings.users(), handler);
        handler = limiter(RequestClass.UPGRADE, settings.upgrades(), handler);
        handler = limiter(RequestClass.ANONYMOUS, settings.anonymous(), handler);
        UserShares shares = new UserShares(settings.users().share());
        shares.setHandler(handler);
        return shares;
    }

    private static Handler limiter(RequestClass kind, EdgeSettings.ConcurrencyLimit limit, Handler next) {
        QoSHandler limiter = new ConcurrencyLimiter();
        limiter.include(request -> RequestClass.of(request) == kind);
        limiter.setMaxRequestCount(limit.requests());
        limiter.setMaxSuspendedRequestCount(limit.queue());
        limiter.setMaxSuspend(limit.maxWait());
        limiter.setHandler(next);
        return limiter;
    }

    private static final class ConcurrencyLimiter extends QoSHandler {
        private static final String BUSY = "the service is busy: try again after the time in Retry-After";

        @Override
        protected int getPriority(Request request) {
            return UserShares.priority(request);
        }

        @Override
        protected void reject(Request request, Response response, Callback callback, int status) {
            Refusal.answer(request, response, callback, status, BUSY);
        }

        @Override
        protected void failSuspended(
                Request request, Response response, Callback callback, int status, Throwable failure) {
            if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
                Refusal.answer(request, response, callback, status, BUSY);
            } else {
                Response.writeError(request, response, callback, status, null, failure);
            }
        }
    }
}
