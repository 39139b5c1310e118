package io.agrippa.engine.compile;

/**
 * Writes {@code f(x, 1, 'text', g(y))} as PMML: names are fields, the rest are constants. For
 * tests.
 */
final class ShortExpression {
  private final String text;
  private final String attributes;
  private int at;

  /** {@code attributes} go to the outermost Apply. */
  ShortExpression(String text, String attributes) {
    this.text = text;
    this.attributes = attributes;
  }

  String xml() {
    return expression(attributes);
  }

  private String expression(String own) {
    skipBlanks();
    if (text.charAt(at) == '\'') {
      int end = text.indexOf('\'', at + 1);
      String constant = text.substring(at + 1, end);
      at = end + 1;
      return "<Constant dataType=\"string\">" + escaped(constant) + "</Constant>";
    }
    int start = at;
    while (at < text.length() && "(),".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at).trim();
    if (at < text.length() && text.charAt(at) == '(') {
      return call(word, own);
    }
    if (word.equals("true") || word.equals("false")) {
      return "<Constant dataType=\"boolean\">" + word + "</Constant>";
    }
    return Character.isLetter(word.charAt(0))
        ? "<FieldRef field=\"" + word + "\"/>"
        : "<Constant>" + word + "</Constant>";
  }

  private String call(String function, String own) {
    StringBuilder xml =
        new StringBuilder("<Apply function=\"" + escaped(function) + "\" " + own + ">");
    do {
      at++; // the bracket or comma
      xml.append(expression(""));
      skipBlanks();
    } while (text.charAt(at) == ',');
    at++;
    return xml.append("</Apply>").toString();
  }

  private void skipBlanks() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }

  private static String escaped(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;");
  }
}
