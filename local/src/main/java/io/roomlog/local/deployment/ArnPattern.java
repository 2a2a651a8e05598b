package io.roomlog.local.deployment;

/**
 * An ARN in which {@code *} stands for any characters and {@code ?} for one.
 *
 * <p>The six parts between colons are compared one by one, the last with all that follows; a part
 * that is left out matches anything
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 *
 * @param text the pattern; {@code *} alone is every resource
 */
public record ArnPattern(String text) {
  private static final int PARTS = 6;

  /** Whether an ARN fits. */
  public boolean matches(String arn) {
    if (text.equals("*")) {
      return true;
    }
    String[] patterns = text.split(":", PARTS);
    String[] parts = arn.split(":", PARTS);
    for (int i = 0; i < patterns.length; i++) {
      if (i >= parts.length || !like(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a text fits a pattern, without regard to parts. After a mismatch the latest {@code *}
   * takes one character more: no expression is compiled, since every call of a function comes here.
   */
  static boolean like(String pattern, String text) {
    int at = 0;
    int star = -1;
    int afterStar = 0;
    for (int i = 0; i < text.length(); ) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        afterStar = i;
      } else if (at < pattern.length() && fits(pattern.charAt(at), text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++afterStar;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(each -> each == '*');
  }

  private static boolean fits(char pattern, char text) {
    return pattern == '?' || pattern == text;
  }
}
