package dev.tidings.backend.identity;

import dev.tidings.messaging.callback.AppToken;
import dev.tidings.messaging.callback.Invocation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells calls that another app made through the sidecars (Dapr service invocation) from those of anybody else. */
@Component
public class SidecarCalls {
    private final AppToken token;

    /** @param token what the own sidecar shows with each call; without one nobody is believed */
    SidecarCalls(@Value("${tidings.sidecar.app-token}") String token) {
        this.token = new AppToken(token);
    }

    /** Whether the own sidecar brought the request, and says that this app sent it. */
    public boolean isFrom(String appId, HttpServletRequest request) {
        return token.isShownBy(request) && appId.equals(Invocation.caller(request));
    }
}
