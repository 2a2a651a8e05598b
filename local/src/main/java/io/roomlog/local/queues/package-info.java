/**
 * SQS queues in memory, standard and FIFO, and Lambda's event source mapping for them.
 *
 * <p>Why they are our own: the well-kept library for this is ElasticMQ. Embedded ({@code
 * elasticmq-rest-sqs} 1.6.14) it brings 36 jars of 36 MB, a Scala runtime, an actor system and an
 * SQL database among them, to a process that otherwise has none of these; it takes 1.4 s to start
 * on two cores, of the 8 s that a local run may take; and its visibility timeouts and deduplication
 * windows go by the wall clock, where ours go by a clock that a test moves. What Roomlog needs of
 * SQS are a queue to write given-up batches to and a FIFO queue for a function: {@link
 * io.roomlog.local.queues.MessageQueue}, whose rules are SQS's documented ones.
 */
@NullMarked
package io.roomlog.local.queues;

import org.jspecify.annotations.NullMarked;
