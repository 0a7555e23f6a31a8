/**
 * What Tidings promises, proven from outside on the whole running system: one class per promise, named by it; the rows of the
 * requirements it proves stand in its description.
 *
 * <p>Nothing here knows the services' code. Waiting is on conditions, and how long something took never decides a test. That an
 * event did <em>not</em> come is shown by a later event of the same stream that did.
 */
@NullMarked
package dev.tidings.systemtests;

import org.jspecify.annotations.NullMarked;
