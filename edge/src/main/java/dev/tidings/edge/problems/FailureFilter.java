package dev.tidings.edge.problems;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/**
 * Answers exceptions of filters and the dispatcher. It is the outermost filter, so no exception reaches the container, which would log
 * the whole URI and a stack trace.
 */
final class FailureFilter extends HttpFilter {
    private static final Logger log = LoggerFactory.getLogger(FailureFilter.class);
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (Exception e) {
            if (response.isCommitted()) {
                // The client has disconnected or receives a truncated answer; nothing else can be sent.
                log.debug("An answer ended early", e);
                throw new BrokenAnswerException();
            }
            Throwable cause = e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
            ProblemDetail problem = cause instanceof HttpException http && http.getCode() < 500
                    ? Problems.document(http.getCode(), "the request cannot be read", List.of())
                    : ExceptionProblems.problemOf(cause);
            // Keeps the headers: a page of another origin must be able to read the answer.
            response.resetBuffer();
            request.setAttribute(Problems.REASON, problem.getDetail());
            ProblemWriter.write(response, problem);
        }
    }

    /** Aborts an exchange whose answer has begun; Jetty does not log it. */
    private static final class BrokenAnswerException extends IOException implements QuietException {
        private static final long serialVersionUID = 1L;
    }
}
