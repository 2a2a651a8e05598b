package io.roomlog.operate;

import io.roomlog.core.config.AwsSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Finds the deployment that a command is for: a stack, or the run on this machine. */
final class Sites {

  private static final String STACK = "--stack";
  private static final String PORT = "--port";
  private static final int PORT_DEFAULT = 3001;
  private static final int PORT_MAX = 65_535;

  private static final Pattern SQS_HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\..+");

  private Sites() {}

  /** Adds the options that say where. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.optional(
                STACK,
                String.class,
                "NAME",
                "The deployment's stack; without it, the run on this machine. Region and"
                    + " credentials are the usual ones of AWS."))
        .addOption(
            Options.optional(
                PORT,
                Integer.class,
                "PORT",
                "Where clients of the run on this machine connect (default: "
                    + PORT_DEFAULT
                    + ")."));
  }

  /**
   * Finds it.
   *
   * @throws CommandFailed if it is not there
   */
  static Site find(ParseResult parsed) throws InterruptedException {
    @Nullable String stack = Options.text(parsed, STACK);
    if (stack != null) {
      return ofStack(stack);
    }
    int port = parsed.matchedOptionValue(PORT, PORT_DEFAULT);
    if (port < 1 || port > PORT_MAX) {
      throw new Misused(PORT + " is " + port + "; it is 1 to " + PORT_MAX);
    }
    return LocalSite.at(port);
  }

  /** AWS as the machine's own settings have it, of no deployment in particular. */
  static Site ofAccount() {
    return new Site("the account", Map.of(), account(null), null);
  }

  /** AWS where that queue is: its address names the region. */
  static Site ofQueue(URI queue) {
    Matcher host = SQS_HOST.matcher(queue.getHost());
    AwsSettings account = host.matches() ? in(Region.of(host.group(1)), null) : account(null);
    return new Site("the account", Map.of(), account, null);
  }

  private static Site ofStack(String stack) {
    AwsSettings account = account(null);
    Map<String, String> names = names(stack, account);
    Site named = new Site("the stack " + stack, names, account, null);
    URI connections =
        URI.create(
            "https://%s.execute-api.%s.%s/%s"
                .formatted(
                    named.name("Api"),
                    account.region().id(),
                    RegionMetadata.of(account.region()).partition().dnsSuffix(),
                    named.name("Stage")));
    return new Site(named.what(), names, account(connections), null);
  }

  private static AwsSettings account(@Nullable URI connections) {
    try {
      return in(new DefaultAwsRegionProviderChain().getRegion(), connections);
    } catch (SdkClientException e) {
      throw new CommandFailed("no region: set AWS_REGION, or one in the profile");
    }
  }

  private static AwsSettings in(Region region, @Nullable URI connections) {
    return new AwsSettings(region, DefaultCredentialsProvider.builder().build(), null, connections);
  }

  private static Map<String, String> names(String stack, AwsSettings account) {
    Map<String, String> names = new HashMap<>();
    try (CloudFormationClient cloudFormation =
        CloudFormationClient.builder()
            .region(account.region())
            .credentialsProvider(account.credentials())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      cloudFormation
          .listStackResourcesPaginator(request -> request.stackName(stack))
          .stackResourceSummaries()
          .stream()
          .filter(resource -> resource.physicalResourceId() != null)
          .forEach(
              resource -> names.put(resource.logicalResourceId(), resource.physicalResourceId()));
    } catch (CloudFormationException e) {
      throw new CommandFailed(STACK + " " + stack + ": " + e.awsErrorDetails().errorMessage());
    }
    return names;
  }
}
