/**
 * State stores through Dapr: {@link dev.tidings.sidecar.state.StateStore}.
 *
 * <p>A key is written either with compare-and-set ({@code write}) or unconditionally ({@code put}), always in the same way: in Redis, a key that
 * was written with compare-and-set rejects other writes afterwards. After a failed write the content of a key is unknown.
 *
 * <p>Every call blocks for at most its timeout and is safe for any thread. Nothing is repeated here.
 */
@NullMarked
package dev.tidings.sidecar.state;

import org.jspecify.annotations.NullMarked;
