package dev.tidings.edge.problems;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Maps exceptions of controllers to problem details, without the messages of Spring. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        ProblemDetail problem = ExceptionProblems.problemOf(e);
        return createResponseEntity(problem, new HttpHeaders(), HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** Replaces the problem detail of Spring. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = fieldErrors(e);
        String detail = detail(e);
        Object problem = body;
        if (!errors.isEmpty()) {
            problem = Problems.invalid(errors).getBody();
        } else if (detail != null) {
            problem = Problems.document(status.value(), detail, List.of());
        }
        return super.handleExceptionInternal(e, problem, headers, status, request);
    }

    private static List<FieldError> fieldErrors(Exception e) {
        return switch (e) {
            case ConversionNotSupportedException _ -> List.of(); // a bug: 500
            case MethodArgumentTypeMismatchException mismatch ->
                List.of(new FieldError(mismatch.getName(), mustBe(mismatch.getRequiredType())));
            case TypeMismatchException mismatch -> {
                String name = Objects.requireNonNullElse(mismatch.getPropertyName(), "parameter");
                yield List.of(new FieldError(name, mustBe(mismatch.getRequiredType())));
            }
            case MissingServletRequestParameterException missing ->
                List.of(new FieldError(missing.getParameterName(), "must be given"));
            case MethodArgumentNotValidException invalid ->
                invalid.getFieldErrors().stream()
                        .map(error -> new FieldError(
                                error.getField(),
                                Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid")))
                        .toList();
            default -> List.of();
        };
    }

    private static @Nullable String detail(Exception e) {
        return switch (e) {
            case MissingPathVariableException _ -> null; // a bug of the controller
            case ServletRequestBindingException _ -> "a header or parameter is missing or cannot be read";
            case MethodArgumentNotValidException _ -> "the body is not valid";
            case HttpMessageNotReadableException _ -> "the body is not well-formed JSON of the expected type";
            case NoResourceFoundException _, NoHandlerFoundException _ -> "there is nothing at this path";
            case HttpRequestMethodNotSupportedException _ ->
                "this path does not accept this method: see the header Allow";
            case HttpMediaTypeNotSupportedException _ -> "this path does not accept a body of this Content-Type";
            case HttpMediaTypeNotAcceptableException _ -> "this path cannot answer with a type of the header Accept";
            default -> null;
        };
    }

    private static String mustBe(@Nullable Class<?> type) {
        if (type == null) {
            return "has an unexpected type";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        return "is not a " + type.getSimpleName();
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = body instanceof ProblemDetail given
                ? Problems.complete(given)
                : Problems.document(status.value(), "the request was refused", List.of());
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        boolean comesBack = status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
                || status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS);
        if (comesBack && !all.containsHeader(HttpHeaders.RETRY_AFTER)) {
            all.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.getDetail() != null) {
            request.setAttribute(Problems.REASON, problem.getDetail(), RequestAttributes.SCOPE_REQUEST);
        }
        // As bytes, so that the header Accept does not matter.
        return new ResponseEntity<>(Problems.json(problem), all, status);
    }
}
