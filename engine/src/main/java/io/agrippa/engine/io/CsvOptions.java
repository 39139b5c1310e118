package io.agrippa.engine.io;

import io.agrippa.engine.data.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a CSV file is written, for reading and for writing. The text is UTF-8 and quoted by RFC 4180:
 * a field in double quotes may hold delimiters and line ends, and a quote twice. Lines end with LF,
 * CRLF or CR; blank lines are skipped.
 *
 * @param delimiter what stands between fields; empty: a tab where the file's name ends in {@code
 *     .tsv}, else a comma
 * @param header where the columns' names come from
 * @param types types of columns by name, where they are not to be {@link Type.Scalar#STRING}; used
 *     for reading only, of CSV and of JSON Lines
 * @param missing texts that stand for a missing value; the first one is what is written
 * @param quoted whether those texts do so in quotes too
 */
public record CsvOptions(
    Optional<Character> delimiter,
    Header header,
    Map<String, Type> types,
    List<String> missing,
    Quoted quoted) {

  /**
   * Comma or tab as the name says, names in the first line, everything text, the empty field
   * missing.
   */
  public static final CsvOptions DEFAULT =
      new CsvOptions(Optional.empty(), new Header.FirstLine(), Map.of(), List.of(""), Quoted.SAME);

  /** What quotes around a field say. */
  public enum Quoted {
    /** Nothing: {@code ""} is as missing as nothing between two commas. */
    SAME,
    /** That it is a text: {@code ""} is the empty text, and {@code "NA"} is those two letters. */
    TEXT
  }

  /** Where the names of columns come from. */
  public sealed interface Header {
    /** The first record holds them. */
    record FirstLine() implements Header {}

    /** No line holds them: they are these, one a column of the file. */
    record Absent(List<String> names) implements Header {
      public Absent {
        names = List.copyOf(names);
        if (names.isEmpty()) {
          throw new IllegalArgumentException(
              "a CSV file without a header line needs at least one name of a column");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
          if (!seen.add(name)) {
            throw new IllegalArgumentException("CSV column name \"" + name + "\" is given twice");
          }
        }
      }
    }
  }

  public CsvOptions {
    Objects.requireNonNull(header, "header");
    delimiter.ifPresent(CsvOptions::requireDelimiter);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types)); // in the user's order
    missing = List.copyOf(missing);
    Objects.requireNonNull(quoted, "quoted");
    for (Map.Entry<String, Type> entry : types.entrySet()) {
      if (entry.getValue() instanceof Type.Foreign) {
        throw new IllegalArgumentException(
            "CSV column \"%s\" cannot be read as a %s".formatted(entry.getKey(), entry.getValue()));
      }
    }
    if (header instanceof Header.Absent absent && !absent.names().containsAll(types.keySet())) {
      Set<String> unknown = new TreeSet<>(types.keySet());
      unknown.removeAll(absent.names());
      throw new IllegalArgumentException(
          "types are given for columns " + unknown + " that are not among the names");
    }
    for (String token : missing) {
      if (token.chars().anyMatch(c -> c == '"' || c == '\n' || c == '\r')) {
        throw new IllegalArgumentException(
            "\"%s\" cannot stand for a missing value: it holds a quote or a line end"
                .formatted(token));
      }
    }
  }

  private static void requireDelimiter(char delimiter) {
    if (delimiter == '"'
        || delimiter == '\n'
        || delimiter == '\r'
        || delimiter == 0
        || delimiter >= 128) {
      throw new IllegalArgumentException(
          "'%c' (U+%04X) cannot be a CSV delimiter: it must be ASCII, and neither a quote nor a line end"
              .formatted(delimiter, (int) delimiter));
    }
  }

  /** These options with another delimiter. */
  public CsvOptions withDelimiter(char other) {
    return new CsvOptions(Optional.of(other), header, types, missing, quoted);
  }

  /** These options for files without a header line. */
  public CsvOptions withoutHeader(List<String> names) {
    return new CsvOptions(delimiter, new Header.Absent(names), types, missing, quoted);
  }

  /** These options with the type of one column. */
  public CsvOptions withType(String column, Type type) {
    Map<String, Type> more = new LinkedHashMap<>(types);
    more.put(column, type);
    return new CsvOptions(delimiter, header, more, missing, quoted);
  }

  /** These options with other texts for a missing value. */
  public CsvOptions withMissing(List<String> tokens) {
    return new CsvOptions(delimiter, header, types, tokens, quoted);
  }

  /** These options with another meaning of quotes. */
  public CsvOptions withQuoted(Quoted meaning) {
    return new CsvOptions(delimiter, header, types, missing, meaning);
  }
}
