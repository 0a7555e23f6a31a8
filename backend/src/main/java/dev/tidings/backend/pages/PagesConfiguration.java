package dev.tidings.backend.pages;

import dev.tidings.backend.identity.OpenPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {
    /** No name begins with a dot, so no path leaves its folder. */
    static final Pattern OPEN = Pattern.compile("/(home|learnings|trainer|tasks|orders|admin|notifications)?"
            + "|/console(/(journey|connections|dead-letters|rejected-events|waiting|payments|audit))?"
            + "|/config\\.json|/service-worker\\.js|/(pages|client|webjars)(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    @Bean
    static OpenPath pagesAreOpen() {
        return new OpenPath("GET", OPEN, false);
    }

    @Bean
    static FilterRegistrationBean<UnknownPageFilter> unknownPages(PageController pages) {
        FilterRegistrationBean<UnknownPageFilter> registration =
                new FilterRegistrationBean<>(new UnknownPageFilter(pages));
        // Before the filter that verifies tokens.
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return registration;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        checkedAtEachUse(registry, "/pages/**", "pages");
        checkedAtEachUse(registry, "/client/**", "client");
        // At the root, because a service worker controls only paths below its own.
        checkedAtEachUse(registry, "/service-worker.js", "pages");
        // Their paths contain their versions.
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    }

    private static void checkedAtEachUse(ResourceHandlerRegistry registry, String pattern, String folder) {
        registry.addResourceHandler(pattern)
                .addResourceLocations("classpath:/dev/tidings/backend/" + folder + "/")
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false) // a build may give all files the same time
                .setEtagGenerator(PagesConfiguration::etag);
    }

    private static String etag(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return '"' + DigestUtils.md5DigestAsHex(content) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
