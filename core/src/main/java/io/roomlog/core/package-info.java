/**
 * What a room is: its log and who is in it. Knows DynamoDB, and nothing of Lambda or API Gateway.
 */
@NullMarked
package io.roomlog.core;

import org.jspecify.annotations.NullMarked;
