/**
 * Reads a SAM or CloudFormation template into a {@link io.roomlog.local.deployment.Deployment}, and
 * refuses what a deployment would refuse.
 *
 * <p>One package, since only {@link io.roomlog.local.template.Template} and what it gives and takes
 * is anybody else's affair. A reader's path: {@code Template} → {@code YamlReader} → {@code Node} →
 * {@code Resolver} → {@code StackReader} (shapes from {@code resource-types.yaml}) → {@code
 * TableReader}, {@code FunctionReader}, {@code ApiReader}, {@code EventSources}.
 */
@NullMarked
package io.roomlog.local.template;

import org.jspecify.annotations.NullMarked;
