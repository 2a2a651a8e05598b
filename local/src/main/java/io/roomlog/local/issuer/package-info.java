/**
 * {@code ./roomlog issuer}: an issuer of tokens for one machine, to try a deployment that asks for
 * them. It gives a token to everybody on the machine who asks, so it is none to be deployed.
 */
@NullMarked
package io.roomlog.local.issuer;

import org.jspecify.annotations.NullMarked;
