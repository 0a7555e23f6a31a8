package dev.tidings.profiles;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains profile names that Spring Boot rejects before {@link ProfileGuard} runs: empty names and names with invalid characters.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MalformedProfileAnalyzer implements FailureAnalyzer {
    /** Prefix of the message of Spring Boot's ProfilesValidator, which throws no exception of its own. */
    private static final String INVALID = "Invalid profile property value found in ";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        boolean concernsProfiles = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            concernsProfiles |= isAboutProfiles(cause);
            root = cause;
        }
        if (!concernsProfiles) {
            return null;
        }
        RefusedStartException refusal = ProfileGuard.unknown("a malformed name (%s)".formatted(root.getMessage()));
        return new FailureAnalysis(refusal.getMessage(), refusal.action(), failure);
    }

    private static boolean isAboutProfiles(Throwable failure) {
        if (failure instanceof BindException binding) {
            return binding.getName().toString().startsWith("spring.profiles.");
        }
        return failure instanceof IllegalStateException
                && failure.getMessage() != null
                && failure.getMessage().startsWith(INVALID);
    }
}
