package dev.tidings.workers.cache;

import dev.tidings.studentcache.StudentCache;
import dev.tidings.workers.runtime.ForWorker;
import io.dapr.client.DaprClient;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ForWorker("cache-worker")
class CacheWorker {

    @Bean
    StudentCache studentCache(
            DaprClient dapr,
            @Value("${tidings.cache.store}") String store,
            @Value("${tidings.cache.timeout}") Duration timeout) {
        return StudentCache.on(dapr, store, timeout);
    }
}
