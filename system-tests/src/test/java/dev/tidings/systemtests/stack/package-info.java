/**
 * The running systems that all tests of this module share, and the handles by which they drive and break one.
 *
 * <p>Two classes run at once, each on a stack of its own ({@link dev.tidings.systemtests.stack.Stacks}). A stack starts when a class
 * needs one and none is idle, later classes use it again ({@link dev.tidings.systemtests.stack.OnRunningStack}), and it stops when
 * the last class has ended. Each test brings users of its own ({@link dev.tidings.systemtests.stack.Users}), so none sees another's
 * events. A test that breaks a part leaves the stack as it found it, which is checked after each class.
 *
 * <p>Imports the launcher and the devkit, nothing of the services.
 */
@NullMarked
package dev.tidings.systemtests.stack;

import org.jspecify.annotations.NullMarked;
