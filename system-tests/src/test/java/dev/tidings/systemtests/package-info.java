/**
 * What Tidings promises, proven from outside on the whole running system: one class per promise, named by it; the rows of the
 * requirements it proves stand in its description.
 *
 * <p>Nothing here knows the services' code. Waiting is on conditions. A class that measures how long something takes is {@code @Isolated}: it
 * has the machine to itself. That an
 * event did <em>not</em> come is shown by a later event of the same stream that did.
 *
 * <p>One class by itself, here with more purchases than the suite has time for:
 *
 * <pre>
 * mvn verify -pl system-tests -am -Dtest=none -Dit.test=PurchasesSurviveEveryCrashIT -Dtidings.purchases=200 \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * </pre>
 */
@NullMarked
package dev.tidings.systemtests;

import org.jspecify.annotations.NullMarked;
