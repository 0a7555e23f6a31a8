package dev.tidings.backend.identity;

import dev.tidings.messaging.callback.CallbackTokenFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells calls that another app made through the sidecars (Dapr service invocation) from those of anybody else. */
@Component
public class SidecarCalls {
    private static final String CALLER = "dapr-caller-app-id";

    private final byte[] token;

    /** @param token what the own sidecar shows with each call; without one nobody is believed */
    SidecarCalls(@Value("${tidings.sidecar.app-token}") String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the own sidecar brought the request, and says that this app sent it. */
    public boolean isFrom(String appId, HttpServletRequest request) {
        String presented = request.getHeader(CallbackTokenFilter.HEADER);
        return token.length > 0
                && presented != null
                && MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8))
                && appId.equals(request.getHeader(CALLER));
    }
}
