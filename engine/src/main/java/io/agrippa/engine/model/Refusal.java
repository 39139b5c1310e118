package io.agrippa.engine.model;

import java.util.Objects;

/**
 * Something in a document for which the document is refused.
 *
 * @param line where it stands, from 1; 0 where there is no line
 * @param subject the element, attribute, function or field that is at fault, such as {@code
 *     attribute optype of DataField}
 * @param problem what is wrong with it, and what to do
 */
public record Refusal(int line, String subject, String problem) {
  public Refusal {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(problem, "problem");
  }
}
