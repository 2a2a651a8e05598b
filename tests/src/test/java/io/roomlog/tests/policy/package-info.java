/** That each function may do what it does, and nothing else. */
@NullMarked
package io.roomlog.tests.policy;

import org.jspecify.annotations.NullMarked;
