package dev.tidings.backend.requests;

import dev.tidings.backend.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@link JsonBody} of a request. */
@Component
class JsonBodyParameter implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    static final int MAX_BYTES = 64 * 1024;

    /**
     * Of a body that is refused, so much is read and thrown away before the answer: who still writes when the connection is closed
     * may lose the answer to a reset (RFC 9112, 9.6).
     */
    private static final int READ_AWAY_BYTES = 8 * 1024 * 1024;

    private static final int MAX_DEPTH = 20;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Amounts keep their digits.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == JsonBody.class;
    }

    /** Null for an empty body, where the parameter says that there need not be one. */
    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory)
            throws IOException {
        HttpServletRequest servletRequest =
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "not a servlet request");
        InputStream body = servletRequest.getInputStream();
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            body.skip(READ_AWAY_BYTES);
            throw Problems.refused(
                    HttpStatus.CONTENT_TOO_LARGE, "the body is larger than %d bytes".formatted(MAX_BYTES));
        }
        return bytes.length == 0 && parameter.isOptional() ? null : new JsonBody(bytes, parse(bytes));
    }

    private ObjectNode parse(byte[] bytes) {
        try {
            JsonNode node = json.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamReadException e) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "the body is not well-formed JSON: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            throw Problems.refused(HttpStatus.BAD_REQUEST, "the body is not well-formed JSON");
        }
        throw Problems.refused(HttpStatus.BAD_REQUEST, "the body is not a JSON object");
    }
}
