package dev.tidings.backend.identity;

import dev.tidings.messaging.callback.AppToken;
import dev.tidings.messaging.callback.Invocation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Recognizes calls of other apps through the sidecars (Dapr service invocation). */
@Component
public class SidecarCalls {
    private final AppToken token;

    /** @param token secret that the own sidecar sends with each call; an empty one recognizes no call */
    SidecarCalls(@Value("${tidings.sidecar.app-token}") String token) {
        this.token = new AppToken(token);
    }

    /** Returns whether the own sidecar forwarded the request on behalf of the app. */
    public boolean isFrom(String appId, HttpServletRequest request) {
        return token.isShownBy(request) && appId.equals(Invocation.caller(request));
    }
}
