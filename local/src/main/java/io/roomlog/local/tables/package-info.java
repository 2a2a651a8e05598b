/** The deployment's tables, kept by an embedded DynamoDB Local that listens on loopback only. */
@NullMarked
package io.roomlog.local.tables;

import org.jspecify.annotations.NullMarked;
