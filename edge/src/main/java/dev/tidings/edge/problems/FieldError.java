package dev.tidings.edge.problems;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name in the request
 * @param message continues the name to a sentence: "must not be blank"
 */
public record FieldError(String field, String message) {}
