/**
 * Hides values of payloads from operators (R-OP-1): {@link dev.tidings.edge.masking.FieldMask} replaces the values of the fields that
 * the setting {@code tidings.masked-fields} names. Every service that shows payloads uses the same list. Stateless.
 */
@NullMarked
package dev.tidings.edge.masking;

import org.jspecify.annotations.NullMarked;
