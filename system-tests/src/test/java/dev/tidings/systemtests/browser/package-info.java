/**
 * A real browser on the running system's pages ({@link dev.tidings.systemtests.browser.InBrowser}). It is found by itself
 * ({@link dev.tidings.systemtests.browser.BrowserSearch}); if none can be had the tests fail and say what to run.
 *
 * <p>One browser serves all classes; each {@link dev.tidings.systemtests.browser.Person} in a test has a context of it, with
 * storage of its own. Playwright belongs to the test's thread, and what it was asked to intercept is answered only while that
 * thread is in a call of Playwright: here one waits by Playwright's means.
 */
@NullMarked
package dev.tidings.systemtests.browser;

import org.jspecify.annotations.NullMarked;
