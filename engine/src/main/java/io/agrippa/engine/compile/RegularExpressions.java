package io.agrippa.engine.compile;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions in the dialect that PMML names, that of PCRE, as Java's. The two agree on
 * most; what Java would read as something else is rewritten (classes such as {@code [[:alpha:]]},
 * brackets and {@code &&} inside classes, braces that repeat nothing, names of groups, comments),
 * and lines end with a line feed alone. What Java cannot do is an error.
 */
final class RegularExpressions {
  private static final Pattern REPETITION = Pattern.compile("\\{\\d+(,\\d*)?}");
  private static final Pattern POSIX_CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?(?:P?<(\\w+)>|'(\\w+)')");
  private static final Pattern NAMED_REFERENCE =
      Pattern.compile("\\(\\?P=(\\w+)\\)|\\\\k[{'<](\\w+)[}'>]|\\\\g\\{([A-Za-z_]\\w*)}");
  private static final Pattern NUMBERED_REFERENCE = Pattern.compile("\\\\g(?:(\\d+)|\\{(\\d+)})");

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("space", "\\p{Space}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("xdigit", "\\p{XDigit}"),
          Map.entry("word", "\\w"),
          Map.entry("ascii", "\\p{ASCII}"));

  private final String text;
  private final StringBuilder java = new StringBuilder();
  private int at;

  private RegularExpressions(String text) {
    this.text = text;
  }

  /**
   * A regular expression.
   *
   * @param flags of {@link Pattern}, besides those that the dialect wants
   * @throws LiteralException if it is none, or one that is not supported; the message quotes it
   */
  static Pattern compile(String text, int flags) {
    try {
      return Pattern.compile(
          new RegularExpressions(text).translated(),
          flags | Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new LiteralException(
          "\"%s\" is not a regular expression: %s".formatted(text, e.getDescription()));
    }
  }

  private String translated() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        characterClass();
      } else if (c == '(') {
        group();
      } else if (c == '{' && !REPETITION.matcher(text).region(at, text.length()).lookingAt()) {
        java.append("\\{");
        at++;
      } else {
        java.append(c);
        at++;
      }
    }
    return java.toString();
  }

  private void group() {
    if (text.startsWith("(?#", at)) {
      int end = text.indexOf(')', at);
      at = end < 0 ? text.length() : end + 1;
      return;
    }
    if (reference()) {
      return;
    }
    Matcher named = matcher(NAMED_GROUP);
    if (named.lookingAt()) {
      String name = named.group(1) != null ? named.group(1) : named.group(2);
      java.append("(?<").append(name(name)).append('>');
      at = named.end();
    } else {
      java.append('(');
      at++;
    }
  }

  private boolean reference() {
    Matcher named = matcher(NAMED_REFERENCE);
    if (!named.lookingAt()) {
      return false;
    }
    for (int i = 1; i <= named.groupCount(); i++) {
      if (named.group(i) != null) {
        java.append("\\k<").append(name(named.group(i))).append('>');
      }
    }
    at = named.end();
    return true;
  }

  /** Java's names of groups have letters and digits only. */
  private static String name(String name) {
    return name.replace("_", "U95");
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }

  private void escape() {
    if (text.startsWith("\\Q", at)) {
      int end = text.indexOf("\\E", at);
      java.append(Pattern.quote(text.substring(at + 2, end < 0 ? text.length() : end)));
      at = end < 0 ? text.length() : end + 2;
      return;
    }
    Matcher numbered = matcher(NUMBERED_REFERENCE);
    if (numbered.lookingAt()) {
      String number = numbered.group(1) != null ? numbered.group(1) : numbered.group(2);
      java.append("(?:\\").append(number).append(')'); // so that no digit behind it joins in
      at = numbered.end();
    } else if (text.startsWith("\\N", at) && !text.startsWith("\\N{", at)) {
      java.append("[^\\n]");
      at += 2;
    } else if (!reference()) {
      copyPair();
    }
  }

  private void copyPair() {
    int end = Math.min(text.length(), at + 2);
    java.append(text, at, end);
    at = end;
  }

  private void characterClass() {
    java.append('[');
    at++;
    if (at < text.length() && text.charAt(at) == '^') {
      java.append('^');
      at++;
    }
    if (at < text.length() && text.charAt(at) == ']') {
      java.append("\\]");
      at++;
    }
    while (at < text.length() && text.charAt(at) != ']') {
      char c = text.charAt(at);
      Matcher posix = matcher(POSIX_CLASS);
      if (c == '[' && posix.lookingAt()) {
        java.append(posix(posix.group(2), !posix.group(1).isEmpty()));
        at = posix.end();
      } else if (c == '[' || c == '&') { // both mean something else to Java
        java.append('\\').append(c);
        at++;
      } else if (text.startsWith("\\b", at)) {
        java.append("\\x08");
        at += 2;
      } else if (c == '\\') {
        copyPair();
      } else {
        java.append(c);
        at++;
      }
    }
    if (at < text.length()) {
      java.append(']');
      at++;
    }
  }

  private String posix(String name, boolean negated) {
    String known = CLASSES.get(name);
    if (known == null) {
      throw new PatternSyntaxException("there is no class [:" + name + ":]", text, at);
    }
    if (!negated) {
      return known;
    }
    return known.startsWith("\\p") ? "\\P" + known.substring(2) : known.toUpperCase(Locale.ROOT);
  }
}
