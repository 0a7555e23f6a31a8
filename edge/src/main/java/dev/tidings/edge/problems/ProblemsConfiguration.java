package dev.tidings.edge.problems;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Configures problem details for all rejections of a service. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemAdvice.class)
public class ProblemsConfiguration {

    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter();
    }

    @Bean
    FilterRegistrationBean<FailureFilter> failureFilter() {
        FilterRegistrationBean<FailureFilter> registration = new FilterRegistrationBean<>(new FailureFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
