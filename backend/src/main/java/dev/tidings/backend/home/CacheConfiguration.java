package dev.tidings.backend.home;

import dev.tidings.studentcache.StudentCache;
import io.dapr.client.DaprClient;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    @Bean
    StudentCache studentCache(
            DaprClient dapr,
            @Value("${tidings.cache.store}") String store,
            @Value("${tidings.cache.timeout}") Duration timeout) {
        return StudentCache.on(dapr, store, timeout);
    }
}
