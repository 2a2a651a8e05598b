/**
 * The functions' policies, enforced as IAM enforces them: a call that no statement allows is
 * refused with the service's own error.
 *
 * <p>A reader's path: {@link io.roomlog.local.policies.PolicyFront} (before DynamoDB Local, and
 * before the queues) → {@link io.roomlog.local.policies.DynamoDbCalls} or {@link
 * io.roomlog.local.policies.SqsCalls} → {@link io.roomlog.local.policies.Policies}.
 */
@NullMarked
package io.roomlog.local.policies;

import org.jspecify.annotations.NullMarked;
