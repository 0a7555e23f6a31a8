/**
 * Parts of requests. A controller takes a {@link dev.tidings.backend.requests.JsonBody}: the edge bounds its size, and malformed, deeply
 * nested or non-object JSON is rejected. The body also keeps its bytes, so that a repeated request can be recognized. A
 * {@code @Nullable} parameter accepts an empty body. {@link dev.tidings.backend.requests.FormReader} reads the fields of a body and
 * collects all mistakes; {@link dev.tidings.backend.requests.PathId} and {@link dev.tidings.backend.requests.RequestTimes} parse ids
 * and times.
 */
@NullMarked
package dev.tidings.backend.requests;

import org.jspecify.annotations.NullMarked;
