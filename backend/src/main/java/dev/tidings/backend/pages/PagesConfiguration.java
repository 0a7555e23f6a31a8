package dev.tidings.backend.pages;

import dev.tidings.backend.identity.OpenPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {
    /** No name begins with a dot, so none leads out of its folder. */
    private static final Pattern OPEN = Pattern.compile("/(home|learnings|trainer|tasks|orders|admin|notifications)?"
            + "|/config\\.json|/(pages|client|webjars)(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    @Bean
    static OpenPath pagesAreOpen() {
        return new OpenPath("GET", OPEN);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (String folder : List.of("pages", "client")) {
            registry.addResourceHandler("/" + folder + "/**")
                    .addResourceLocations("classpath:/dev/tidings/backend/" + folder + "/")
                    .setCacheControl(CacheControl.noCache())
                    .setUseLastModified(false) // a build may give all its files one time
                    .setEtagGenerator(PagesConfiguration::etag);
        }
        // Their addresses name their versions.
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    }

    private static String etag(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return '"' + DigestUtils.md5DigestAsHex(content) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
