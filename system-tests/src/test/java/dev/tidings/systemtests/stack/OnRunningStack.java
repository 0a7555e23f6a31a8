package dev.tidings.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A test class that has a running stack to itself, which it gets as a constructor or method parameter of type {@link Stack}. The
 * next class gets the same stack.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnRunningStack.Sharing.class)
public @interface OnRunningStack {

    /** Keeps the stacks in the root of the test run, so JUnit closes them after the last class. */
    final class Sharing implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
        private static final Namespace STACKS = Namespace.create(Stacks.class);

        /** What a class has in its store: JUnit closes what can be closed there when the class ends, and the stack lives on. */
        private record Borrowed(Stack stack) {}

        @Override
        public void beforeAll(ExtensionContext context) {
            Stack stack = stacks(context).borrow();
            context.getStore(STACKS).put(Borrowed.class, new Borrowed(stack));
            stack.awaitHealthy();
        }

        /** A class that leaves something broken fails itself, not its successor. */
        @Override
        public void afterAll(ExtensionContext context) {
            Borrowed borrowed = context.getStore(STACKS).get(Borrowed.class, Borrowed.class);
            if (borrowed != null) {
                try {
                    borrowed.stack().awaitHealthy();
                } finally {
                    stacks(context).giveBack(borrowed.stack());
                }
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Stack.class || type == Stacks.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stacks.class ? stacks(context) : stack(context);
        }

        /** The one of the class that is running, for extensions of other packages. */
        public static Stack stack(ExtensionContext context) {
            return Objects.requireNonNull(context.getStore(STACKS).get(Borrowed.class, Borrowed.class))
                    .stack();
        }

        private static Stacks stacks(ExtensionContext context) {
            return context.getRoot().getStore(STACKS).computeIfAbsent(Stacks.class, _ -> new Stacks(), Stacks.class);
        }
    }
}
