package dev.tidings.edge;

import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds how many requests are in the service, and how many wait for that, separately for each kind of caller: a flood of
 * one kind cannot take the places of another. Beyond the bounds a request is answered 503 with {@code Retry-After}. Users share
 * their places fairly ({@link UserShares}).
 */
final class ConcurrencyLimits {
    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready", "/metrics");

    enum RequestClass {
        PROBE,
        TRUSTED,
        USER,
        ANONYMOUS;

        static RequestClass of(Request request) {
            if (PROBES.contains(request.getHttpURI().getPath())) {
                return PROBE;
            }
            return switch (Caller.of(request).kind()) {
                case TRUSTED -> TRUSTED;
                case USER -> USER;
                case ANONYMOUS -> ANONYMOUS;
            };
        }
    }

    private ConcurrencyLimits() {}

    static Handler before(Handler service, EdgeSettings settings) {
        Handler handler = service;
        handler = lane(RequestClass.PROBE, settings.probes(), handler);
        handler = lane(RequestClass.TRUSTED, settings.trusted(), handler);
        handler = lane(RequestClass.USER, settings.users(), handler);
        handler = lane(RequestClass.ANONYMOUS, settings.anonymous(), handler);
        UserShares shares = new UserShares(settings.users().share());
        shares.setHandler(handler);
        return shares;
    }

    private static Handler lane(RequestClass kind, EdgeSettings.ConcurrencyLimit places, Handler next) {
        QoSHandler lane = new ConcurrencyLimiter();
        lane.include(request -> RequestClass.of(request) == kind);
        lane.setMaxRequestCount(places.requests());
        lane.setMaxSuspendedRequestCount(places.queue());
        lane.setMaxSuspend(places.maxWait());
        lane.setHandler(next);
        return lane;
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
