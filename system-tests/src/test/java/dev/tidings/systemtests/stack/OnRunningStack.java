package dev.tidings.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A test class on the shared stack, which it gets as a constructor or method parameter of type {@link Stack}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnRunningStack.Sharing.class)
public @interface OnRunningStack {

    /** Keeps the stack in the root of the test run, so JUnit closes it after the last class. */
    final class Sharing implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

        @Override
        public void beforeAll(ExtensionContext context) {
            stack(context).awaitHealthy();
        }

        /** A class that leaves something broken fails itself, not its successor. */
        @Override
        public void afterAll(ExtensionContext context) {
            stack(context).awaitHealthy();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return stack(context);
        }

        /** The one that is running, for extensions of other packages. */
        public static Stack stack(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Stack.class))
                    .computeIfAbsent(Stack.class, _ -> Stack.start(), Stack.class);
        }
    }
}
