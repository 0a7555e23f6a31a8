package dev.tidings.series;

import dev.tidings.sidecar.SidecarCalls;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Makes each service record its figures and answer the backend. */
@AutoConfiguration
class SeriesAutoConfiguration {

    @Bean(initMethod = "start")
    SeriesRecorder seriesRecorder(@Value("${spring.application.name}") String app, MeterRegistry registry) {
        return new SeriesRecorder(app, registry, InstantSource.system());
    }

    @Bean
    SeriesController seriesController(SeriesRecorder recorder, SidecarCalls calls) {
        return new SeriesController(recorder, calls);
    }
}
