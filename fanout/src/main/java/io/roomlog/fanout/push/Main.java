package io.roomlog.fanout.push;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.SqsRangeQueue;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What {@code ./roomlog push} starts. It puts ranges on the queue of big rooms, whose function does
 * the rest: so it is the same here and on AWS, keeps its place behind the pushes that wait already,
 * and needs no right but {@code sqs:SendMessage}.
 *
 * <p>Its argument parser is on the class path of the local run and not in the functions' jar.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final int CONCURRENCY = 1;

  private static final Pattern AWS_HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\..+");

  private Main() {}

  /**
   * Puts the ranges on the queue and ends: with 0 if the queue has them all, with 1 if it has not,
   * and with 2 if the arguments make no sense, after one line on standard error that says why.
   *
   * @param arguments the command line; {@code --help} lists what it may say
   */
  public static void main(String[] arguments) throws InterruptedException {
    switch (new PushArguments().read(arguments)) {
      case PushArguments.Request.Help(String text) -> System.out.print(text);
      case PushArguments.Request.Misused(String line) -> exit(MISUSED, line);
      case PushArguments.Request.Push(List<Range> ranges, PushArguments.Queue.At(URI url)) ->
          push(ranges, url, client(url));
      case PushArguments.Request.Push(List<Range> ranges, PushArguments.Queue.Local(int port)) -> {
        switch (LocalQueue.find(port)) {
          case LocalQueue.Search.Found(URI url) -> push(ranges, url, localClient(url));
          case LocalQueue.Search.Missing(String line) -> exit(FAILED, line);
        }
      }
    }
  }

  private static void push(List<Range> ranges, URI url, SqsClient sqs) {
    try (sqs) {
      // Every command is meant: the same positions again are not a repeat of the first.
      String identity = "push " + UUID.randomUUID();
      new SqsRangeQueue(sqs, url.toString()).put(ranges, identity);
      System.out.printf(
          "Put %s %d to %d on the queue (%d of its messages)%n",
          ranges.getFirst().room(), ranges.getFirst().from(), ranges.getLast().to(), ranges.size());
    } catch (StorageUnavailable e) {
      exit(FAILED, url + " did not take them all: " + e.getMessage());
    } catch (SdkClientException e) {
      exit(FAILED, "no region or no credentials: " + e.getMessage());
    }
  }

  private static SqsClient client(URI url) {
    Matcher host = AWS_HOST.matcher(url.getHost());
    Region region =
        host.matches() ? Region.of(host.group(1)) : new DefaultAwsRegionProviderChain().getRegion();
    AwsSettings aws =
        new AwsSettings(region, DefaultCredentialsProvider.builder().build(), null, null);
    return SqsRangeQueue.client(aws, null, AwsCrtHttpClient.builder().maxConcurrency(CONCURRENCY));
  }

  /** A run asks no one who comes without a function's credentials what he may do. */
  private static SqsClient localClient(URI url) {
    AwsSettings aws =
        new AwsSettings(Region.US_EAST_1, AnonymousCredentialsProvider.create(), null, null);
    return SqsRangeQueue.client(
        aws, url.resolve("/"), AwsCrtHttpClient.builder().maxConcurrency(CONCURRENCY));
  }

  private static void exit(int status, String line) {
    System.err.println("roomlog: " + line);
    System.exit(status);
  }
}
