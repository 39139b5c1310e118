package io.agrippa.engine.model;

import java.util.List;

/** A ModelVerification: inputs with the results that the model must give for them. */
public record Verification(List<Field> fields, InlineTable table, int line) {
  public Verification {
    fields = List.copyOf(fields);
  }

  /**
   * A VerificationField.
   *
   * @param column column of the table (the field's name where absent)
   * @param precision relative tolerance
   * @param zeroThreshold two values within it of zero agree
   */
  public record Field(String field, String column, double precision, double zeroThreshold) {}
}
