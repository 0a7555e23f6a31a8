package dev.tidings.edge.problems;

/**
 * A mistake in one field of a request.
 *
 * @param field name of the field in the request
 * @param message predicate of the field: "must not be blank"
 */
public record FieldError(String field, String message) {}
