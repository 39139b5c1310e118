package io.agrippa.cli;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads values of options. What cannot be read is wrong usage. */
final class Converters {
  private Converters() {}

  /** {@code serial}, {@code threads:4} … */
  static final class OfRunner implements ITypeConverter<Runner> {
    @Override
    public Runner convert(String text) {
      try {
        return Runners.named(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code rows:N}, {@code bytes:N} … */
  static final class OfPartitioning implements ITypeConverter<Partitioning> {
    @Override
    public Partitioning convert(String text) {
      try {
        return Partitioning.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code fail}, {@code null} or {@code status}. */
  static final class OfRowPolicy implements ITypeConverter<RowPolicy> {
    @Override
    public RowPolicy convert(String text) {
      return Arrays.stream(RowPolicy.values())
          .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "row policy \"" + text + "\": use fail, null or status"));
    }
  }
}
