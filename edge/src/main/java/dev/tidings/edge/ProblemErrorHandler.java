package dev.tidings.edge;

import dev.tidings.edge.problems.ExceptionProblems;
import dev.tidings.edge.problems.Problems;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * Answers rejections of Jetty and errors of servlets with problem details. They do not contain the messages of Jetty, which name
 * classes and quote the request.
 */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Throwable cause = request.getAttribute(ERROR_EXCEPTION) instanceof Throwable failure ? failure : null;
        int status = status(response.getStatus(), cause);
        boolean isBug = cause != null && !isOfTheRequest(cause) && status >= HttpStatus.INTERNAL_SERVER_ERROR_500;
        ProblemDetail problem = isBug && cause != null
                ? ExceptionProblems.problemOf(cause)
                : Problems.document(status, detail(status), List.of());
        Refusal.write(request, response, callback, problem);
        return true;
    }

    private static int status(int status, @Nullable Throwable cause) {
        if (cause instanceof HttpException http) {
            return http.getCode();
        }
        if (cause != null && isOfTheRequest(cause)) {
            return HttpStatus.BAD_REQUEST_400;
        }
        return status < HttpStatus.BAD_REQUEST_400 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : status;
    }

    /** Returns whether the request or the end of its connection is the cause. */
    private static boolean isOfTheRequest(Throwable cause) {
        return cause instanceof HttpException
                || cause instanceof QuietException
                || cause instanceof EOFException
                || cause instanceof ClosedChannelException
                || cause instanceof TimeoutException;
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "the request cannot be read: its request line, a header or its framing is not valid HTTP";
            case 401 -> "authentication is missing or not valid";
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not accept this method";
            case 409 -> "the request is for another incarnation, or the state has changed";
            case 408 -> "the request took too long to arrive";
            case 413 -> "the body is too large";
            case 414 -> "the path and query are too long";
            case 417 -> "only the expectation 100-continue is supported";
            case 426 -> "this version of HTTP is not supported: use HTTP/1.1";
            case 431 -> "the header is too large";
            case 501 -> "this method is not supported";
            case 505 -> "this version of HTTP is not supported: use HTTP/1.1";
            case 503 -> "the service is busy: try again after the time in Retry-After";
            default -> status < 500 ? "the request cannot be read" : "internal error; the log has the details";
        };
    }
}
