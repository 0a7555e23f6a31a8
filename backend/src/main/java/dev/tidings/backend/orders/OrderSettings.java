package dev.tidings.backend.orders;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings {@code tidings.orders}; application.yaml documents them. */
@ConfigurationProperties("tidings.orders")
record OrderSettings(BigDecimal taxRate) {
    OrderSettings {
        if (taxRate.signum() < 0 || taxRate.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "tidings.orders.tax-rate is %s; it is a fraction such as 0.10, at least 0 and below 1"
                            .formatted(taxRate));
        }
    }
}
