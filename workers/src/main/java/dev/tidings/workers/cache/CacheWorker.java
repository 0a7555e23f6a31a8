package dev.tidings.workers.cache;

import dev.tidings.studentcache.StudentCache;
import dev.tidings.workers.runtime.ForWorker;
import io.dapr.client.DaprClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ForWorker("cache-worker")
class CacheWorker {

    @Bean
    StudentCache studentCache(DaprClient dapr, CacheProperties cache) {
        return StudentCache.on(dapr, cache.store(), cache.timeout());
    }
}
