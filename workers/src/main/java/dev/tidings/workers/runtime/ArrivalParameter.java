package dev.tidings.workers.runtime;

import dev.tidings.messaging.callback.RecordKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads the {@link Arrival} of a callback, whatever its content type. */
@Component
class ArrivalParameter implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    /** One byte more than is taken, so that the reader can tell; the bus takes half of it. */
    private static final int MAX_BYTES = EventReader.MAX_BYTES + 1;

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Arrival.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory)
            throws IOException {
        HttpServletRequest callback =
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "not a servlet request");
        String path = callback.getRequestURI();
        return new Arrival(
                path.substring(path.lastIndexOf('/') + 1),
                RecordKey.text(callback.getHeader(RecordKey.HEADER)),
                callback.getInputStream().readNBytes(MAX_BYTES));
    }
}
