/**
 * The JavaScript library of {@code client/}: its own tests, and what it does against a local run.
 */
@NullMarked
package io.roomlog.tests.library;

import org.jspecify.annotations.NullMarked;
