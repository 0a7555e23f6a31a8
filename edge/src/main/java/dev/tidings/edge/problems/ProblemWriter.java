package dev.tidings.edge.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Writes problem details in filters. */
public class ProblemWriter {
    public void write(HttpServletResponse response, int status, String detail, FieldError... errors)
            throws IOException {
        write(response, Problems.document(status, detail, List.of(errors)));
    }

    /** Writes the problem details as the whole answer. */
    static void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        boolean comesBack = problem.getStatus() == 503 || problem.getStatus() == 429;
        if (comesBack && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.getOutputStream().write(Problems.json(problem));
    }
}
