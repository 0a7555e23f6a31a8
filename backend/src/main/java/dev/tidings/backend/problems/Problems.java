package dev.tidings.backend.problems;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Makes refusals. */
public final class Problems {
    private static final URI BLANK = URI.create("about:blank");

    private Problems() {}

    public static ErrorResponseException notFound(String detail) {
        return exception(HttpStatus.NOT_FOUND, detail, List.of());
    }

    /** The request is not what it should be, and these fields are why. */
    public static ErrorResponseException invalid(List<FieldError> errors) {
        return blaming(HttpStatus.BAD_REQUEST, errors);
    }

    /** The request is well formed, but these fields contradict the data of the service: 422. */
    public static ErrorResponseException contradicting(List<FieldError> errors) {
        return blaming(HttpStatus.UNPROCESSABLE_CONTENT, errors);
    }

    public static ErrorResponseException refused(HttpStatus status, String detail) {
        return exception(status, detail, List.of());
    }

    /** @param code tells programs what {@code detail} tells people; a field of the document */
    public static ErrorResponseException refused(HttpStatus status, String detail, String code) {
        ErrorResponseException refusal = refused(status, detail);
        refusal.getBody().setProperty("code", code);
        return refusal;
    }

    /** A problem document in the one form that all of ours have. */
    public static ProblemDetail document(int status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setProperty("errors", errors);
        return complete(problem);
    }

    /** Fills in what others left out. */
    static ProblemDetail complete(ProblemDetail problem) {
        problem.setType(BLANK);
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
