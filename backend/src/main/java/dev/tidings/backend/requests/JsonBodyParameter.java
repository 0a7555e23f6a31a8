package dev.tidings.backend.requests;

import dev.tidings.edge.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@link JsonBody} of a request. */
@Component
class JsonBodyParameter implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    private static final int MAX_DEPTH = 20;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Keeps the digits of amounts.
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

    /** Returns null for an empty body if the parameter is optional. */
    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory)
            throws IOException {
        HttpServletRequest servletRequest =
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "not a servlet request");
        // The edge bounds the size.
        byte[] bytes = servletRequest.getInputStream().readAllBytes();
        return bytes.length == 0 && parameter.isOptional() ? null : new JsonBody(bytes, parse(bytes));
    }

    private static String position(StreamReadException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "" : ": line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private ObjectNode parse(byte[] bytes) {
        try {
            JsonNode node = json.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamReadException e) {
            throw Problems.refused(HttpStatus.BAD_REQUEST, "the body is not well-formed JSON" + position(e));
        } catch (JacksonException e) {
            throw Problems.refused(HttpStatus.BAD_REQUEST, "the body is not well-formed JSON");
        }
        throw Problems.refused(HttpStatus.BAD_REQUEST, "the body is not a JSON object");
    }
}
