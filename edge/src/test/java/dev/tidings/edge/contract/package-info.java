/** What every service's port promises to strangers, as a suite that each service's tests run. */
@NullMarked
package dev.tidings.edge.contract;

import org.jspecify.annotations.NullMarked;
