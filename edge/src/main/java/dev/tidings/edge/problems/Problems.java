package dev.tidings.edge.problems;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Creates problem details and the exceptions that carry them. */
public final class Problems {
    /** Request attribute with the {@code detail} of the problem, for the log. */
    public static final String REASON = "dev.tidings.refusal";

    private static final URI BLANK = URI.create("about:blank");

    private Problems() {}

    public static ErrorResponseException notFound(String detail) {
        return exception(HttpStatus.NOT_FOUND, detail, List.of());
    }

    /** Rejects a request because of mistakes in fields: 400. */
    public static ErrorResponseException invalid(List<FieldError> errors) {
        return blaming(HttpStatus.BAD_REQUEST, errors);
    }

    /** Rejects a well-formed request whose fields contradict the data of the service: 422. */
    public static ErrorResponseException contradicting(List<FieldError> errors) {
        return blaming(HttpStatus.UNPROCESSABLE_CONTENT, errors);
    }

    public static ErrorResponseException refused(HttpStatus status, String detail) {
        return exception(status, detail, List.of());
    }

    /** @param code reason for programs; a field of the problem details */
    public static ErrorResponseException refused(HttpStatus status, String detail, String code) {
        ErrorResponseException refusal = refused(status, detail);
        refusal.getBody().setProperty("code", code);
        return refusal;
    }

    /** Returns problem details in the form of all services. */
    public static ProblemDetail document(int status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setProperty("errors", errors);
        return complete(problem);
    }

    /** Serializes problem details as JSON in UTF-8. */
    public static byte[] json(ProblemDetail problem) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("type", String.valueOf(problem.getType()));
        document.put("title", problem.getTitle());
        document.put("status", problem.getStatus());
        document.put("detail", problem.getDetail());
        if (problem.getInstance() != null) {
            document.put("instance", problem.getInstance().toString());
        }
        if (problem.getProperties() != null) {
            document.putAll(problem.getProperties());
        }
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    /** Adds missing fields. */
    static ProblemDetail complete(ProblemDetail problem) {
        problem.setType(BLANK);
        problem.setInstance(null);
        HttpStatus status = HttpStatus.resolve(problem.getStatus());
        if (problem.getTitle() == null && status != null) {
            problem.setTitle(status.getReasonPhrase());
        }
        if (problem.getProperties() == null || !problem.getProperties().containsKey("errors")) {
            problem.setProperty("errors", List.of());
        }
        return problem;
    }

    private static ErrorResponseException blaming(HttpStatus status, List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return exception(status, "'%s' %s".formatted(first.field(), first.message()), errors);
    }

    private static ErrorResponseException exception(HttpStatus status, String detail, List<FieldError> errors) {
        return new ErrorResponseException(status, document(status.value(), detail, errors), null);
    }
}
