package dev.tidings.backend.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Answers navigations of browsers to unknown paths with 404 and the document. It runs before the filter that verifies tokens and
 * does not pass on requests that it answers, so it opens no path.
 */
final class UnknownPageFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Paths of programs, which receive problem details. */
    private static final Pattern OF_PROGRAMS = Pattern.compile("/(api|dapr|health|metrics)(/.*)?");

    private final transient PageController pages;

    UnknownPageFilter(PageController pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        boolean isPage = PagesConfiguration.OPEN.matcher(path).matches();
        if (isPage || OF_PROGRAMS.matcher(path).matches() || !isNavigation(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        pages.headers().forEach((name, values) -> response.setHeader(name, values.getFirst()));
        response.getOutputStream().write(pages.document().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isNavigation(HttpServletRequest request) {
        @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    }
}
