package dev.tidings.edge.problems;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/**
 * The outermost filter: answers exceptions of filters and of the dispatcher, so that none reaches the container, which would log
 * the whole address and a stack trace.
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
                // The client went away, or will see a broken answer; nothing else can be sent.
                log.debug("An answer ended early", e);
                throw new BrokenAnswerException();
            }
            Throwable cause = e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
            ProblemDetail problem = cause instanceof HttpException http && http.getCode() < 500
                    ? Problems.document(http.getCode(), "the request cannot be read", java.util.List.of())
                    : ExceptionProblems.problemOf(cause);
            // Headers stay: a page of another origin must be able to read the answer.
            response.resetBuffer();
            request.setAttribute(Problems.REASON, problem.getDetail());
            ProblemWriter.write(response, problem);
        }
    }

    /** Ends an exchange whose answer has begun; Jetty does not log it. */
    private static final class BrokenAnswerException extends IOException
            implements org.eclipse.jetty.io.QuietException {
        private static final long serialVersionUID = 1L;
    }
}
