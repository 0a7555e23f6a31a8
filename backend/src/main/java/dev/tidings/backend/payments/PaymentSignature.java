package dev.tidings.backend.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Verifies the signature of the payment provider: HMAC-SHA256 of the raw body in hex, with an optional prefix {@code sha256=}. */
@Component
class PaymentSignature {
    static final String HEADER = "X-Payment-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";
    private static final int MIN_SECRET_BYTES = 32;

    private final byte[] secret;

    /** @param secret secret shared with the provider; an empty one rejects all signatures */
    PaymentSignature(@Value("${tidings.payments.webhook-secret}") String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        if (this.secret.length > 0 && this.secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("TIDINGS_PAYMENT_WEBHOOK_SECRET has %d bytes, at least %d are needed"
                    .formatted(this.secret.length, MIN_SECRET_BYTES));
        }
    }

    /** Returns whether a secret is configured. */
    boolean isConfigured() {
        return secret.length > 0;
    }

    boolean isOf(byte[] body, @Nullable String presented) {
        if (secret.length == 0 || presented == null) {
            return false;
        }
        String hex = presented.startsWith(PREFIX) ? presented.substring(PREFIX.length()) : presented;
        try {
            return MessageDigest.isEqual(hmac(body), HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return false; // not hexadecimal
        }
    }

    private byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
