package dev.tidings.backend.home;

import dev.tidings.studentcache.StudentCache;
import io.dapr.client.DaprClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    @Bean
    StudentCache studentCache(DaprClient dapr, CacheProperties cache) {
        return StudentCache.on(dapr, cache.store(), cache.timeout());
    }
}
