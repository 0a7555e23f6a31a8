package dev.tidings.sidecar.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the {@link EventSpans} of a service, and the tracer behind them if {@code tidings.tracing.endpoint} is set. */
@AutoConfiguration
@EnableConfigurationProperties(TracingSettings.class)
class TracingAutoConfiguration {

    @Bean
    EventSpans eventSpans(ObjectProvider<Tracer> tracer, TracingSettings settings) {
        Tracer available = tracer.getIfAvailable();
        if (available == null) {
            return EventSpans.OFF;
        }
        Sampler sampler = Sampler.traceIdRatioBased(settings.sample());
        return new EventSpans(available, traceId -> isSampled(sampler, traceId));
    }

    private static boolean isSampled(Sampler sampler, String traceId) {
        return sampler.shouldSample(Context.root(), traceId, "", SpanKind.SERVER, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    /** Its classes are not loaded while tracing is off. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression("!'${tidings.tracing.endpoint:}'.isBlank()")
    static class On {

        /** Closing it exports the spans that are left. */
        @Bean
        SdkTracerProvider tracerProvider(
                TracingSettings settings,
                @Value("${spring.application.name}") String service,
                @Value("${tidings.replica-name:}") String replica) {
            Attributes attributes = Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    service,
                    AttributeKey.stringKey("service.namespace"),
                    "tidings",
                    AttributeKey.stringKey("service.instance.id"),
                    replica.isEmpty() ? service : replica);
            return SdkTracerProvider.builder()
                    .setResource(Resource.getDefault().merge(Resource.create(attributes)))
                    // Which events are recorded is decided before a span starts.
                    .setSampler(Sampler.alwaysOn())
                    .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                    .setEndpoint(settings.endpoint())
                                    .build())
                            .build())
                    .build();
        }

        @Bean
        Tracer tracer(SdkTracerProvider provider) {
            return new OtelTracer(provider.get("dev.tidings"), new OtelCurrentTraceContext(), _ -> {});
        }
    }
}
