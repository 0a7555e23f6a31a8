package dev.tidings.workers.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.AliasFor;

/** The bean exists in processes of that worker only. Stands beside {@code @Component} or {@code @RestController}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "tidings.worker")
public @interface ForWorker {
    /** App id of the worker. */
    @AliasFor(annotation = ConditionalOnProperty.class, attribute = "havingValue")
    String value();
}
