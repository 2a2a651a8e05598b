package io.roomlog.local.template;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a template.
 *
 * @param line the line in the file, from 1, or 0 where the file itself is what is wrong
 * @param where the logical id, or the section where no resource is concerned
 * @param what what is wrong, with the field, its value's form and the limit
 * @param nearest the known name nearest to one that is unknown, or null
 * @param mend what to do about it
 */
public record Problem(int line, String where, String what, @Nullable String nearest, String mend) {

  /**
   * One line as compilers write it, e.g. {@code template.yaml:12: RoomsTable: …}.
   *
   * @param file the file's name as the reader knows it
   */
  public String render(String file) {
    String place = line == 0 ? file : file + ":" + line;
    String meant = nearest == null ? "" : "; did you mean " + nearest + "?";
    return place + ": " + where + ": " + what + meant + " (" + mend + ")";
  }
}
