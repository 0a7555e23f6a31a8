package dev.tidings.backend.requests;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a JSON object and collects all mistakes. A method that finds a mistake returns a placeholder, so that further
 * mistakes are found; {@link #finish} rejects the request if there is any. One instance reads one request in one thread.
 */
public final class FormReader {
    /** Control characters, and unpaired surrogates, which PostgreSQL cannot store. */
    private static final Pattern UNPRINTABLE_IN_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final Pattern UNPRINTABLE_IN_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]");

    private final ObjectNode json;
    private final String prefix;
    private final List<FieldError> errors;

    private FormReader(ObjectNode json, String prefix, List<FieldError> errors) {
        this.json = json;
        this.prefix = prefix;
        this.errors = errors;
    }

    /**
     * Starts to read an object, and rejects fields that it must not have.
     *
     * @param whole name of the object in messages, such as {@code a task}
     */
    public static FormReader of(ObjectNode json, String whole, Set<String> fields) {
        return new FormReader(json, "", new ArrayList<>()).rejectUnknown(whole, fields);
    }

    /**
     * Starts to read an object inside of this one. Its mistakes are collected here.
     *
     * @param at path of the object in messages, such as {@code items[0]}
     */
    public FormReader nested(String at, ObjectNode object, String whole, Set<String> fields) {
        return new FormReader(object, prefix + at + ".", errors).rejectUnknown(whole, fields);
    }

    private FormReader rejectUnknown(String whole, Set<String> fields) {
        json.propertyNames().stream()
                .filter(name -> !fields.contains(name))
                .forEach(name -> reject(PathId.abbreviated(name), "is not a field of " + whole));
        return this;
    }

    /** Returns whether the request names the field, perhaps with null. */
    public boolean names(String field) {
        return json.has(field);
    }

    /** Returns whether the field has a value other than null. */
    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** Returns the value of the field, or a missing node. */
    public JsonNode node(String field) {
        return json.path(field);
    }

    /** Reads a required line of text without control characters. */
    public String line(String field, int maxCharacters) {
        return required(field, maxCharacters, UNPRINTABLE_IN_LINE);
    }

    /** Reads a required text of any number of lines. */
    public String text(String field, int maxCharacters) {
        return required(field, maxCharacters, UNPRINTABLE_IN_TEXT);
    }

    /** Reads an optional text, which may be blank. */
    public @Nullable String optionalText(String field, int maxCharacters) {
        String text = string(field);
        if (text != null) {
            checkText(field, text, maxCharacters, UNPRINTABLE_IN_TEXT);
        }
        return text;
    }

    /** Checks a text that was composed from several fields as {@link #text} does. */
    public String checkedText(String field, String text, int maxCharacters) {
        return checked(field, text, maxCharacters, UNPRINTABLE_IN_TEXT);
    }

    private String required(String field, int maxCharacters, Pattern unprintable) {
        String text = requiredString(field);
        return text == null ? "" : checked(field, text, maxCharacters, unprintable);
    }

    private String checked(String field, String text, int maxCharacters, Pattern unprintable) {
        if (text.isBlank()) {
            return reject(field, "must not be blank", text);
        }
        checkText(field, text, maxCharacters, unprintable);
        return text;
    }

    private void checkText(String field, String text, int maxCharacters, Pattern unprintable) {
        if (text.codePointCount(0, text.length()) > maxCharacters) {
            reject(field, "must have at most %d characters".formatted(maxCharacters));
        } else if (unprintable.matcher(text).find()) {
            reject(field, "must not contain control characters");
        }
    }

    /** Reads an optional string. */
    public @Nullable String string(String field) {
        return has(field) ? requiredString(field) : null;
    }

    /** Returns null after a mistake. */
    public @Nullable String requiredString(String field) {
        if (!has(field)) {
            return reject(field, "is required", null);
        }
        JsonNode node = json.path(field);
        return node.isString() ? node.stringValue() : reject(field, "must be a text", null);
    }

    /**
     * Reads an optional string of a certain form.
     *
     * @param parse returns empty for another form
     * @param message describes the form, such as {@code must be a date such as 2026-02-09}
     */
    public <T> @Nullable T parsed(String field, Function<String, Optional<T>> parse, String message) {
        return parsed(field, string(field), parse, message);
    }

    /** Reads a required string of a certain form. Returns null after a mistake. */
    public <T> @Nullable T requiredParsed(String field, Function<String, Optional<T>> parse, String message) {
        return parsed(field, requiredString(field), parse, message);
    }

    private <T> @Nullable T parsed(
            String field, @Nullable String text, Function<String, Optional<T>> parse, String message) {
        if (text == null) {
            return null;
        }
        Optional<T> parsed = parse.apply(text);
        return parsed.isPresent() ? parsed.get() : reject(field, message, null);
    }

    /** Reads a required whole number. */
    public int wholeNumber(String field, int min, int max) {
        JsonNode node = json.path(field);
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= min && node.intValue() <= max) {
            return node.intValue();
        }
        return reject(field, "must be a whole number from %d to %d".formatted(min, max), min);
    }

    /** Reads a required amount of money, with two decimals. */
    public BigDecimal amount(String field, BigDecimal min, BigDecimal max) {
        if (!has(field)) {
            return reject(field, "is required", min);
        }
        JsonNode node = json.path(field);
        // The range is checked first, because writing out a number such as 1e999999999 takes too long.
        if (node.isNumber()) {
            BigDecimal amount = node.decimalValue();
            boolean isInRange = amount.compareTo(min) >= 0 && amount.compareTo(max) <= 0;
            if (isInRange && amount.stripTrailingZeros().scale() <= 2) {
                return amount.setScale(2);
            }
        }
        return reject(field, "must be a number from %s to %s with at most two decimals".formatted(min, max), min);
    }

    /** Reads a required truth value. */
    public boolean bool(String field) {
        JsonNode node = json.path(field);
        return node.isBoolean()
                ? node.booleanValue()
                : reject(field, has(field) ? "must be true or false" : "is required", false);
    }

    /** Records a mistake. */
    public void reject(String field, String message) {
        errors.add(new FieldError(prefix + field, message));
    }

    /** Records a mistake and returns the placeholder. */
    public <T extends @Nullable Object> T reject(String field, String message, T placeholder) {
        reject(field, message);
        return placeholder;
    }

    /** Rejects the request with status 400 if a mistake was recorded. */
    public void finish() {
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
    }
}
