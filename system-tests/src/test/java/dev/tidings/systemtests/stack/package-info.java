/**
 * The one running system that all tests of this module share, and the handles by which they drive and break it.
 *
 * <p>It is started by the first class that asks ({@link dev.tidings.systemtests.stack.OnRunningStack}) and stopped when the last
 * one ended. Every test brings users of its own ({@link dev.tidings.systemtests.stack.Users}), so none sees another's events;
 * one that breaks a part leaves the stack as it found it, which is checked after each class. Classes run one after the other.
 *
 * <p>Imports the launcher and the devkit, nothing of the services.
 */
@NullMarked
package dev.tidings.systemtests.stack;

import org.jspecify.annotations.NullMarked;
