package dev.tidings.backend.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the document of all pages and its configuration. */
@RestController
class PageController {
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final String document;
    private final String policy;
    private final Config config;

    PageController(PageSettings properties, @Value("${tidings.demo-sign-in}") boolean demoSignIn) throws IOException {
        document = new ClassPathResource("/dev/tidings/backend/pages/index.html")
                .getContentAsString(StandardCharsets.UTF_8);
        policy = policy(properties);
        config = new Config(
                properties.apiUrl(),
                properties.socketUrl(),
                properties.currency(),
                demoSignIn,
                properties.traceViewer());
    }

    /**
     * @param demoSignIn whether the sign-in without a password is enabled
     * @param traceViewer address of a trace, with <code>{traceId}</code> in it; empty if there is no viewer
     */
    record Config(String apiUrl, String socketUrl, String currency, boolean demoSignIn, String traceViewer) {}

    @GetMapping(
            path = {
                "/",
                "/home",
                "/learnings",
                "/trainer",
                "/tasks",
                "/orders",
                "/admin",
                "/notifications",
                "/console",
                "/console/journey",
                "/console/connections",
                "/console/dead-letters",
                "/console/rejected-events",
                "/console/waiting",
                "/console/payments",
                "/console/audit"
            },
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        return ResponseEntity.ok().headers(headers()).body(document);
    }

    /** Returns the headers of the document; the edge adds those of all answers. */
    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl(CacheControl.noCache());
        headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        headers.set("Content-Security-Policy", policy);
        return headers;
    }

    String document() {
        return document;
    }

    @GetMapping("/config.json")
    ResponseEntity<Config> config() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(config);
    }

    private String policy(PageSettings properties) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-%s'".formatted(sha256(importMap())),
                "style-src 'self'",
                "worker-src 'self'",
                "img-src 'self' data:", // the style sheet's own icons
                "connect-src 'self' " + properties.reachable(),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    private String importMap() {
        Matcher found = IMPORT_MAP.matcher(document);
        if (!found.find()) {
            throw new IllegalStateException("client/pages/index.html has no import map");
        }
        return found.group(1);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
