package dev.tidings.backend.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.json.JsonMapper;

/** What fails outside of any controller is a problem document too, not the container's HTML page. */
final class ContainerErrors {
    private ContainerErrors() {}

    private static ProblemDetail document(int status) {
        String detail = status < 500 ? "the request cannot be read" : "this should not have happened; it is in the log";
        return Problems.document(status, detail, List.of());
    }

    /** For what passed Jetty and failed in a filter or in the dispatcher. */
    @Controller
    static class OfServlets implements ErrorController {
        @RequestMapping("${spring.web.error.path:/error}")
        ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(document(status));
        }
    }

    /** For what Jetty itself refuses: an impossible path, a header that is too long. */
    @Component
    static class OfJetty implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {
        private final JsonMapper json;

        OfJetty(JsonMapper json) {
            this.json = json;
        }

        @Override
        public void customize(JettyServletWebServerFactory factory) {
            factory.addServerCustomizers(server -> server.setErrorHandler(new ErrorHandler() {
                @Override
                protected void generateResponse(
                        Request request,
                        Response response,
                        int code,
                        @Nullable String message,
                        @Nullable Throwable cause,
                        Callback callback) {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                    response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(document(code))), callback);
                }
            }));
        }
    }
}
