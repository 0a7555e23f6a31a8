package dev.tidings.websocket.ingest;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The size of a payload as the log gives it back. PostgreSQL's {@code jsonb} writes every digit of a number and a space after
 * each comma and colon, so a payload can be far larger there than on the wire: {@code 1e131000} are eight bytes or 131 001.
 */
final class StoredSize {
    /** Digits that PostgreSQL's {@code numeric} has before and after the decimal point. */
    private static final long MAX_WHOLE_DIGITS = 131_072;

    private static final long MAX_FRACTION_DIGITS = 16_383;

    private StoredSize() {}

    /** Bytes of the node as {@code jsonb} text in UTF-8. */
    static long of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                long size = 2;
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    size += (size > 2 ? 2 : 0) + ofText(field.getKey()) + 2 + of(field.getValue());
                }
                yield size;
            }
            case ARRAY -> {
                long size = 2;
                for (JsonNode element : node.values()) {
                    size += (size > 2 ? 2 : 0) + of(element);
                }
                yield size;
            }
            case STRING -> ofText(node.stringValue());
            case NUMBER -> ofNumber(node.decimalValue());
            default -> node.toString().length();
        };
    }

    /** Whether PostgreSQL can hold every number in the node. */
    static boolean hasStorableNumbers(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            // A zero has no digits to write out, and yet an exponent that PostgreSQL refuses.
            long exponent = (long) number.precision() - number.scale();
            return exponent <= MAX_WHOLE_DIGITS && number.scale() <= MAX_FRACTION_DIGITS;
        }
        return node.values().stream().allMatch(StoredSize::hasStorableNumbers);
    }

    private static long ofNumber(BigDecimal number) {
        long sign = number.signum() < 0 ? 1 : 0;
        long fraction = number.scale() > 0 ? 1L + number.scale() : 0;
        return sign + wholeDigits(number) + fraction;
    }

    private static long wholeDigits(BigDecimal number) {
        return number.signum() == 0 ? 1 : Math.max(1, (long) number.precision() - number.scale());
    }

    private static long ofText(String text) {
        long size = 2;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            size += switch (character) {
                case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 2;
                default -> {
                    if (character < 0x20) {
                        yield 6;
                    }
                    if (character < 0x80) {
                        yield 1;
                    }
                    // Half of a pair of surrogates, which take four bytes together.
                    yield character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
                }
            };
        }
        return size;
    }
}
