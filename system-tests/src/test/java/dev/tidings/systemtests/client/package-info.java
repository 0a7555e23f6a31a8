/**
 * Clients as the world sees them: sockets that keep a ledger of what they got, sockets that break the rules, and one that comes
 * back by itself.
 *
 * <p>They know the wire only (documents and requirements, nothing of the services' code), so a change of the protocol that breaks
 * users breaks tests. A client is used by its test's thread; what arrives is written by the HTTP client's threads into
 * thread-safe ledgers. Whoever opens a client closes it.
 */
@NullMarked
package dev.tidings.systemtests.client;

import org.jspecify.annotations.NullMarked;
