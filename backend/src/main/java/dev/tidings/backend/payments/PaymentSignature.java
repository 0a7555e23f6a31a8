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

/** Tells the payment provider from anybody else: HMAC-SHA256 of the raw body in hex, {@code sha256=} before it or not. */
@Component
class PaymentSignature {
    static final String HEADER = "X-Payment-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";
    private static final int MIN_SECRET_BYTES = 32;

    private final byte[] secret;

    /** @param secret shared with the provider; empty where there is none, and then no signature is good */
    PaymentSignature(@Value("${tidings.payments.webhook-secret}") String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        if (this.secret.length > 0 && this.secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("TIDINGS_PAYMENT_WEBHOOK_SECRET has %d bytes, at least %d are needed"
                    .formatted(this.secret.length, MIN_SECRET_BYTES));
        }
    }

    /** Whether there is a secret to sign with. */
    boolean isPossible() {
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
            return false; // no hex
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
