package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts rows by what is known of them. */
final class RowCounts {
  private long used;
  private long actualMissing;
  private long actualMalformed;
  private long predictionMissing;

  /** Counts a row; whether it can be measured. The second is only looked at where the first is. */
  boolean admit(byte actual, byte prediction) {
    if (actual == RowState.MISSING) {
      actualMissing++;
    } else if (actual == RowState.MALFORMED) {
      actualMalformed++;
    } else if (prediction != RowState.VALUE) {
      predictionMissing++;
    } else {
      used++;
      return true;
    }
    return false;
  }

  void merge(RowCounts other) {
    used += other.used;
    actualMissing += other.actualMissing;
    actualMalformed += other.actualMalformed;
    predictionMissing += other.predictionMissing;
  }

  long used() {
    return used;
  }

  Evaluation.Rows rows() {
    return new Evaluation.Rows(
        used + actualMissing + actualMalformed + predictionMissing,
        used,
        actualMissing,
        actualMalformed,
        predictionMissing);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(used);
    out.writeLong(actualMissing);
    out.writeLong(actualMalformed);
    out.writeLong(predictionMissing);
  }

  void read(DataInput in) throws IOException {
    used = in.readLong();
    actualMissing = in.readLong();
    actualMalformed = in.readLong();
    predictionMissing = in.readLong();
  }
}
