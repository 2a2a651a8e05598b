package io.roomlog.core.dynamo;

import org.jspecify.annotations.Nullable;

/** An item that this version cannot read: written by a newer one, or not by Roomlog. */
public final class UnreadableItem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String attribute;

  UnreadableItem(String attribute, String what) {
    this(attribute, what, null);
  }

  UnreadableItem(String attribute, String what, @Nullable Throwable cause) {
    super("attribute " + attribute + " " + what, cause);
    this.attribute = attribute;
  }

  /** The attribute that it failed on. */
  public String attribute() {
    return attribute;
  }
}
