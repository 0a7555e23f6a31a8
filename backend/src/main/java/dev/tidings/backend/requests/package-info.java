/**
 * Bodies of requests: bounded by the edge, parsed strictly, and kept as bytes as well, so that a repeat can be recognised. A
 * controller takes a {@link dev.tidings.backend.requests.JsonBody}; what is no JSON object or too deep is refused
 * before. A parameter that is {@code @Nullable} takes an empty body too. Also reads ids in paths,
 * and lets them be what they are.
 */
@NullMarked
package dev.tidings.backend.requests;

import org.jspecify.annotations.NullMarked;
