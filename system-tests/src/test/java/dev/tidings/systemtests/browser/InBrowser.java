package dev.tidings.systemtests.browser;

import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A test class on a running stack whose tests use the pages. Its constructor may take {@link People}: all classes on a stack share
 * one browser, each test has people of its own. After each test their browsers' windows are closed, and a console that complained
 * of what the test did not {@linkplain People#expectComplaint expect} fails it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnRunningStack
@ExtendWith(InBrowser.Sharing.class)
public @interface InBrowser {

    /** Keeps each stack's browser in the root of the test run, so JUnit closes it after the last class. */
    final class Sharing implements AfterEachCallback, ParameterResolver {

        @Override
        public void afterEach(ExtensionContext context) {
            shared(context).goHome(context.getExecutionException().isPresent());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == People.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return shared(context);
        }

        /** One is looked for once: where none can be had, all tests say so, and none of them waits for it again. */
        private static People shared(ExtensionContext context) {
            Stack stack = OnRunningStack.Sharing.stack(context);
            Object found = context.getRoot()
                    .getStore(Namespace.create(People.class))
                    .computeIfAbsent(stack, _ -> peopleOrFailure(stack));
            if (found instanceof AssertionError noBrowser) {
                throw noBrowser;
            }
            return (People) found;
        }

        private static synchronized Object peopleOrFailure(Stack stack) {
            try {
                return new People(stack.backend());
            } catch (AssertionError noBrowser) {
                return noBrowser;
            }
        }
    }
}
