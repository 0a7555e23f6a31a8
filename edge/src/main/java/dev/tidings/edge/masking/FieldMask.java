package dev.tidings.edge.masking;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces the values of fields by {@value #MASK}. Names are compared without case, hyphens and underscores. Safe for any thread.
 */
public final class FieldMask {
    public static final String MASK = "***";

    private static final StringNode MASKED = StringNode.valueOf(MASK);
    private static final String TEXT = "\"(?:[^\"\\\\]++|\\\\.)*+";
    /** A member of an object. The quantifiers are possessive, so that long values need no stack. */
    private static final Pattern MEMBER = Pattern.compile(
            "(?<name>" + TEXT + "\")\\s*+:\\s*+(?<value>" + TEXT + "(?:\"|\\z)|[\\[{]|[^\\s,\\]}]*+)", Pattern.DOTALL);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Set<String> names;

    public FieldMask(@Value("${tidings.masked-fields}") Collection<String> names) {
        this.names = names.stream().map(FieldMask::comparable).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the JSON with hidden values. The argument is not changed. */
    public JsonNode json(JsonNode json) {
        JsonNode copy = json.deepCopy();
        mask(copy);
        return copy;
    }

    /**
     * Returns the text with hidden values, or the same text if it has no such field. Text that is not valid JSON, such as the beginning
     * of a long payload, is searched for members; a hidden object or array then ends it.
     */
    public String text(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return mask(json) ? JSON.writeValueAsString(json) : text;
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return membersMasked(text);
        }
    }

    /** Returns whether a value was hidden. */
    private boolean mask(JsonNode json) {
        boolean found = false;
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (isHidden(member.getKey())) {
                    member.setValue(MASKED);
                    found = true;
                } else if (member.getValue() instanceof StringNode string && looksLikeJson(string.stringValue())) {
                    String inner = text(string.stringValue());
                    found |= !inner.equals(string.stringValue());
                    member.setValue(StringNode.valueOf(inner));
                } else {
                    found |= mask(member.getValue());
                }
            }
        } else if (json instanceof ArrayNode array) {
            for (JsonNode element : array) {
                found |= mask(element);
            }
        }
        return found;
    }

    private String membersMasked(String text) {
        StringBuilder masked = new StringBuilder();
        Matcher member = MEMBER.matcher(text);
        int shown = 0;
        int from = 0;
        while (member.find(from)) {
            from = member.start("value");
            if (isHidden(member.group("name"))) {
                masked.append(text, shown, member.start("value"))
                        .append('"')
                        .append(MASK)
                        .append('"');
                if (member.group("value").matches("[\\[{]")) {
                    return masked.append('…').toString();
                }
                from = member.end();
                shown = from;
            }
        }
        return masked.append(text, shown, text.length()).toString();
    }

    private static boolean looksLikeJson(String text) {
        return text.startsWith("{") || text.startsWith("[");
    }

    private boolean isHidden(String name) {
        return names.contains(comparable(name));
    }

    private static String comparable(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
