/**
 * Reads a SAM or CloudFormation template into a {@link io.roomlog.local.deployment.Deployment}, and
 * refuses what a deployment would refuse.
 */
@NullMarked
package io.roomlog.local.template;

import org.jspecify.annotations.NullMarked;
