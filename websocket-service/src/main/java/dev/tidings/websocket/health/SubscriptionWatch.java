package dev.tidings.websocket.health;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notes that the sidecar has asked what to subscribe to. Before that no event arrives, and nothing else tells.
 */
@Component
class SubscriptionWatch extends OncePerRequestFilter {
    private static final String SUBSCRIBE = "/dapr/subscribe";

    private volatile boolean asked;

    boolean wasAsked() {
        return asked;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return asked || !SUBSCRIBE.equals(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_OK) {
            asked = true;
        }
    }
}
