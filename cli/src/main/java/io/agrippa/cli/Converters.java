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

  /** {@code rows:N} or {@code bytes:N}. */
  static final class OfPartitioning implements ITypeConverter<Partitioning> {
    @Override
    public Partitioning convert(String text) {
      int colon = text.indexOf(':');
      String kind = colon < 0 ? text : text.substring(0, colon);
      String size = colon < 0 ? "" : text.substring(colon + 1);
      return switch (kind) {
        case "rows" -> new Partitioning.Rows(positive(text, size));
        case "bytes" -> new Partitioning.Bytes(positive(text, size));
        default ->
            throw new TypeConversionException(
                "partitioning \"" + text + "\": use rows:N or bytes:N, for example rows:100000");
      };
    }

    private static long positive(String text, String size) {
      try {
        long value = Long.parseLong(size);
        if (value >= 1) {
          return value;
        }
      } catch (NumberFormatException e) {
        // said below, as for numbers that are too small
      }
      throw new TypeConversionException(
          "partitioning \"" + text + "\": the size must be a whole number from 1 on");
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
