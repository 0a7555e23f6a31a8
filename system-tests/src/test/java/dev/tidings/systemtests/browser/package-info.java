/**
 * A real browser on the running system's pages. It is found by itself: an installed one, else Playwright's own, else Debian's;
 * if none can be had the tests fail and say what to run. One browser serves a class; each person in a test has a context.
 */
@NullMarked
package dev.tidings.systemtests.browser;

import org.jspecify.annotations.NullMarked;
