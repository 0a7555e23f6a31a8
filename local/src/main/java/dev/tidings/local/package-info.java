/**
 * The launcher behind {@code ./run}, and the same system as a library for the system tests.
 *
 * <p><b>Where to begin.</b> {@link dev.tidings.local.LocalStack} names the whole topology and reads like a table of contents;
 * {@code Main} is the command line around it.
 *
 * <p><b>Lifecycle.</b> A stack owns one folder ({@code .tidings} of the checkout, or a test's own) and holds a lock on it, so
 * there is one launcher per folder. Parts start as soon as those they need are ready, and stop in the opposite order. A part
 * that dies is started again with growing pauses; one that keeps dying stays down, and the rest goes on.
 *
 * <p><b>No orphans.</b> Every process is in {@code state.json} ({@code Ledger}) before anybody waits for it. Who takes the lock
 * next ends what is left there, and nothing else: a process is known by its pid <em>and</em> its start time.
 *
 * <p><b>Threads.</b> One virtual thread per part supervises it. Every public method may be called from any thread.
 *
 * <p><b>Words for the user</b> are made in {@code Problem} (one line: what happened, to what, what to do), {@code Console} and
 * {@code Welcome}. Stack traces go to {@code logs/launcher.log} only. Secrets travel by environment, never by command line or log.
 *
 * <p>Must not import the services: it knows their jars, ports and environment variables only.
 */
@NullMarked
package dev.tidings.local;

import org.jspecify.annotations.NullMarked;
