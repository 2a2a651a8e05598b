package io.roomlog.local.template;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** What the sample templates name as their handler. Its class file goes into a jar. */
public class SampleHandler implements RequestHandler<String, String> {
  @Override
  public String handleRequest(String input, Context context) {
    return input;
  }

  /** A handler that Lambda cannot make. */
  public static class Needy extends SampleHandler {
    private final String need;

    /** Takes what Lambda does not give. */
    public Needy(String need) {
      this.need = need;
    }

    @Override
    public String handleRequest(String input, Context context) {
      return need;
    }
  }

  /** A handler that inherits its method. */
  public static class Heir extends SampleHandler {}
}
