/**
 * The record of what operators do: who did what to which thing, when, and with what outcome (R-OP-1). {@link
 * dev.tidings.backend.operatorlog.OperatorLog} appends each action to the audit log, whose chain and triggers reject later changes.
 * Used by features that offer actions to operators; uses no other package. Stateless.
 */
@NullMarked
package dev.tidings.backend.operatorlog;

import org.jspecify.annotations.NullMarked;
