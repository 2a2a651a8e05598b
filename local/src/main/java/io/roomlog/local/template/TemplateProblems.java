package io.roomlog.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A template that cannot be deployed, with everything that was found wrong with it.
 *
 * <p>The message holds one line a problem; nothing of a stack trace helps whoever wrote the
 * template.
 */
public final class TemplateProblems extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<Problem> problems;

  TemplateProblems(Path file, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.render(file.toString()))
            .collect(Collectors.joining(System.lineSeparator())));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /** The template, as it was named. */
  public Path file() {
    return file;
  }

  /** The problems in the order of their lines. */
  public List<Problem> problems() {
    return problems;
  }
}
