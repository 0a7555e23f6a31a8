/** The suite of what the port of every service promises to any client. The tests of each service run it. */
@NullMarked
package dev.tidings.edge.contract;

import org.jspecify.annotations.NullMarked;
