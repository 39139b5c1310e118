package io.agrippa.cli.html;

import java.util.Locale;

/** A piece of HTML or SVG that is safe to put into a page. */
public record Markup(String text) {
  /** Text as it is; whatever means something in HTML is escaped. */
  public static Markup text(String plain) {
    return new Markup(escaped(plain));
  }

  static String escaped(String plain) {
    StringBuilder text = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /** A coordinate: short, and with a point in every language. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
