/**
 * What operators can look at: the events that ingest kept aside. For tokens of role operator or admin only. Imports {@code
 * ingest} and {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.operator;

import org.jspecify.annotations.NullMarked;
