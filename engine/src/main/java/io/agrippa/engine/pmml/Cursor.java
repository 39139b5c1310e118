package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks through a document's elements and reads their attributes, with the rules of reading that
 * hold everywhere: which namespaces are PMML's, what is passed over, what an attribute of each kind
 * may be.
 *
 * <p>Who reads an element finds the cursor at its start, takes its attributes, calls {@link
 * #nextChild} until that is false, reading each child to its end, and leaves the cursor at the
 * element's end. An attribute that nobody took is an error when the cursor moves on.
 */
final class Cursor {
  private static final Pattern NAMESPACE =
      Pattern.compile("https?://www\\.dmg\\.org/PMML-(\\d+)_(\\d+)(?:_\\d+)?/?");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\..*)?");

  /**
   * The parser looks through all namespaces in scope for each name, so many of them would take it
   * forever.
   */
  private static final int MOST_PREFIXES = 1_000;

  private final XMLStreamReader xml;
  private final String place;
  private final ReadLimits limits;
  private String namespace = "";
  private int major;
  private int minor;
  private String[] names = new String[16]; // of the attributes; null for one of another namespace
  private boolean[] taken = new boolean[16];
  private int attributes; // of the element just started, until the cursor moves on
  private int nesting;
  private int prefixes; // namespaces declared by the open elements
  private int depth; // open elements
  private boolean broken; // the parser cannot go on
  private Complaints complaints; // null where the first one ends the reading

  Cursor(XMLStreamReader xml, String place, ReadLimits limits) {
    this.xml = xml;
    this.place = place;
    this.limits = limits;
  }

  /** From now on what is wrong is noted and passed over. */
  void survey(Complaints noted) {
    complaints = noted;
  }

  /** Goes to the document's element, which must be PMML, and finds out the version. */
  void root() {
    while (advance() != XMLStreamConstants.START_ELEMENT) {
      // comments and processing instructions may come first
    }
    started();
    namespace = orEmpty(xml.getNamespaceURI());
    Matcher known = NAMESPACE.matcher(namespace);
    if (!name().equals("PMML") || !(namespace.isEmpty() || known.matches())) {
      throw error(
          "this is not PMML but <"
              + name()
              + (namespace.isEmpty() ? "" : " xmlns=\"" + namespace + "\"")
              + ">; its first element must be <PMML xmlns=\"http://www.dmg.org/PMML-4_4\">");
    }
    String version = optional("version");
    ignore("baseVersion");
    if (namespace.isEmpty()) {
      known = VERSION.matcher(version == null ? "" : version);
      if (!known.matches()) {
        throw error(
            "PMML has neither a namespace nor a version; give it xmlns=\"http://www.dmg.org/PMML-4_4\"");
      }
    }
    major = shortNumber(known.group(1));
    minor = shortNumber(known.group(2));
    boolean read = (major == 3 && minor <= 2) || (major == 4 && minor <= 4);
    if (!read) {
      throw error(
          "PMML version "
              + known.group(1)
              + "."
              + known.group(2)
              + " is unknown; 3.0 to 4.4 are read");
    }
  }

  private static int shortNumber(String digits) {
    return digits.length() > 4 ? -1 : Integer.parseInt(digits);
  }

  /** The document's version, such as {@code 4.4}. */
  String version() {
    return major + "." + minor;
  }

  /** Whether the document's version is the given one or an earlier one. */
  boolean isAtMost(int thatMajor, int thatMinor) {
    return major < thatMajor || (major == thatMajor && minor <= thatMinor);
  }

  /**
   * Goes to the next child of the element at whose start or after whose child the cursor stands, or
   * to its end.
   */
  boolean nextChild() {
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          started();
          if (isOurs()) {
            return true;
          }
          skip();
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!xml.isWhiteSpace()) {
            throw error(
                "text \""
                    + shorten(xml.getText().trim())
                    + "\" stands where only elements may; remove it");
          }
        }
        default -> {
          // comments and processing instructions
        }
      }
    }
  }

  /** Whether the element just started is to be read; false if it is to be passed over. */
  private boolean isOurs() {
    String name = name();
    if (name.equals("Extension") || isVendors(name)) {
      return false;
    }
    String uri = orEmpty(xml.getNamespaceURI());
    if (!uri.isEmpty() && !uri.equals(namespace)) {
      throw error(
          "element "
              + name
              + " is of namespace "
              + uri
              + ", the document of "
              + (namespace.isEmpty() ? "none" : namespace)
              + "; use one namespace, and put what is not PMML into an Extension");
    }
    return true;
  }

  /**
   * Goes to the next child whatever it is, or to the end of the element: for the cells of a table's
   * row.
   */
  boolean nextCell() {
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          started();
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        default -> {
          // blanks between cells; the schema lets a row have text of its own, which means nothing
        }
      }
    }
  }

  /** Reads to the end of an element that has no children of its own. */
  void end() {
    if (nextChild()) {
      throw unexpected();
    }
  }

  /** The text of the element, read to its end. */
  String text() {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (text.length() + xml.getTextLength() > limits.textLength()) {
            throw error(
                "text is longer than "
                    + limits.textLength()
                    + " characters; raise ReadLimits.textLength");
          }
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        case XMLStreamConstants.START_ELEMENT -> {
          started();
          if (isOurs()) {
            throw unexpected();
          }
          skip();
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> {
          // comments and processing instructions
        }
      }
    }
  }

  /** The text of a table's cell, read to its end; its attributes mean nothing. */
  String cellText() {
    attributes = 0;
    return text();
  }

  /** Passes over the element and all in it. */
  void skip() {
    attributes = 0;
    for (int depth = 1; depth > 0; ) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
          // whatever it is
        }
      }
    }
  }

  /**
   * Writes the element at whose start the cursor stands and all in it, by local names: elements,
   * attributes of no namespace and texts, and nothing else.
   */
  void copy(XmlOut out) {
    start(out);
    for (int depth = 1; depth > 0; ) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          started();
          start(out);
          depth++;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          out.end();
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            out.text(xml.getText());
        default -> {
          // comments and processing instructions
        }
      }
    }
  }

  private void start(XmlOut out) {
    out.inline(name());
    for (int i = 0; i < attributes; i++) {
      if (names[i] != null) {
        out.attribute(names[i], xml.getAttributeValue(i));
      }
    }
    attributes = 0;
  }

  /** Makes sure that nothing but comments follows the document's element. */
  void finish() {
    while (advance() != XMLStreamConstants.END_DOCUMENT) {
      // comments and processing instructions; the parser refuses anything else
    }
  }

  /** Counts one more expression, predicate or model around what is read next. */
  void enter() {
    if (++nesting > limits.nesting()) {
      throw error(
          "more than "
              + limits.nesting()
              + " expressions, predicates or models within each other; raise ReadLimits.nesting");
    }
  }

  /** Counts one less. */
  void leave() {
    nesting--;
  }

  private int advance() {
    if (attributes > 0) {
      checkAllTaken();
    }
    try {
      broken = true; // until the parser comes back
      int event = xml.next();
      broken = false;
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        prefixes += xml.getNamespaceCount();
        if (prefixes > MOST_PREFIXES) {
          throw error(
              "more than "
                  + MOST_PREFIXES
                  + " namespaces are declared within each other; declare each once, in the first element");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        prefixes -= xml.getNamespaceCount();
      }
      return event;
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private PmmlException malformed(XMLStreamException e) {
    return malformed(place, e);
  }

  /** What to throw for the parser's complaint. */
  static PmmlException malformed(String place, XMLStreamException e) {
    if (e.getNestedException() instanceof IOException io) {
      throw new UncheckedIOException(io);
    }
    String message = String.valueOf(e.getMessage());
    int text = message.indexOf("Message: ");
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    return new PmmlException(
        place,
        Math.max(line, 0),
        "XML is malformed or truncated: "
            + message.substring(text < 0 ? 0 : text + "Message: ".length()).replaceAll("\\.$", "")
            + "; export it again",
        e);
  }

  private void started() {
    attributes = xml.getAttributeCount();
    if (attributes > taken.length) {
      taken = new boolean[attributes];
      names = new String[attributes];
    }
    for (int i = 0; i < attributes; i++) {
      taken[i] = false;
      names[i] =
          orEmpty(xml.getAttributeNamespace(i)).isEmpty() ? xml.getAttributeLocalName(i) : null;
    }
  }

  private void checkAllTaken() {
    int count = attributes;
    attributes = 0;
    for (int i = 0; i < count; i++) {
      if (!taken[i] && names[i] != null && !isVendors(names[i])) {
        complain(
            attribute(names[i]),
            error(
                "attribute "
                    + names[i]
                    + " of "
                    + name()
                    + " is unknown; remove it, or start its name with x- if it is a vendor's"));
      }
    }
  }

  private static boolean isVendors(String name) {
    return name.length() > 2
        && name.charAt(1) == '-'
        && (name.charAt(0) == 'x' || name.charAt(0) == 'X');
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** Name of the current element, without prefix. */
  String name() {
    return xml.getLocalName();
  }

  /** Line at which the current element's tag ends. */
  int line() {
    return xml.getLocation().getLineNumber();
  }

  String place() {
    return place;
  }

  // ---------------------------------------------------------------- attributes

  /** The attribute, or null where absent. */
  String optional(String attribute) {
    for (int i = 0; i < attributes; i++) {
      if (attribute.equals(names[i])) {
        taken[i] = true;
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The attribute, or the default where absent. */
  String optional(String attribute, String orElse) {
    String value = optional(attribute);
    return value == null ? orElse : value;
  }

  /** The attribute. */
  String required(String attribute) {
    String value = optional(attribute);
    if (value == null) {
      throw error("attribute " + attribute + " of " + name() + " is missing; add it");
    }
    return value;
  }

  /** Takes attributes that mean nothing here. */
  void ignore(String... names) {
    for (String attribute : names) {
      optional(attribute);
    }
  }

  /** The attributes not yet taken that a vendor added, name and value in turn. */
  List<String> vendorAttributes() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < attributes; i++) {
      if (!taken[i] && names[i] != null && isVendors(names[i])) {
        found.add(names[i]);
        found.add(xml.getAttributeValue(i));
      }
    }
    return found;
  }

  /** The number, or the default where absent. */
  double number(String attribute, double orElse) {
    String text = optional(attribute);
    if (text == null) {
      return orElse;
    }
    try {
      return Numbers.parse(text);
    } catch (NumberFormatException e) {
      complain(attribute(attribute), badNumber(attribute, text));
      return orElse;
    }
  }

  /** The number. */
  double requiredNumber(String attribute) {
    required(attribute);
    return number(attribute, 0);
  }

  private PmmlException badNumber(String attribute, String text) {
    return bad(attribute, text, "a number, such as 1.5E-3 or INF");
  }

  /** The whole number, or the default where absent. */
  int integer(String attribute, int orElse) {
    String text = optional(attribute);
    if (text == null) {
      return orElse;
    }
    double number;
    try {
      number = Numbers.parse(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (number != (int) number) {
      complain(attribute(attribute), bad(attribute, text, "a whole number of at most 32 bits"));
      return orElse;
    }
    return (int) number;
  }

  /** The truth value, or null where absent. */
  Boolean truth(String attribute) {
    String text = optional(attribute);
    if (text == null) {
      return null;
    }
    return switch (text.trim()) {
      case "true", "1" -> Boolean.TRUE;
      case "false", "0" -> Boolean.FALSE;
      default -> {
        complain(attribute(attribute), bad(attribute, text, "true or false"));
        yield null;
      }
    };
  }

  /** The truth value, or the default where absent. */
  boolean truth(String attribute, boolean orElse) {
    Boolean value = truth(attribute);
    return value == null ? orElse : value;
  }

  /** The constant that the attribute's word means, or the default where absent. */
  <E extends Enum<E>> E word(String attribute, Words<E> words, E orElse) {
    String text = optional(attribute);
    if (text == null) {
      return orElse;
    }
    E constant = words.constant(text);
    if (constant == null) {
      PmmlException problem = bad(attribute, text, "one of " + words.list());
      if (orElse == null) {
        throw problem;
      }
      complain(attribute(attribute), problem);
      return orElse;
    }
    return constant;
  }

  /** The constant that the attribute's word means. */
  <E extends Enum<E>> E requiredWord(String attribute, Words<E> words) {
    required(attribute);
    return word(attribute, words, null);
  }

  /** The data type in attribute {@code dataType}, or null where absent. */
  DataType dataType() {
    String text = optional("dataType");
    return text == null ? null : dataType("dataType", text);
  }

  /** The data type that an attribute's text means. */
  DataType dataType(String attribute, String text) {
    return DataType.of(text)
        .orElseThrow(() -> bad(attribute, text, "a type of PMML, such as double, string or date"));
  }

  /** The data type in attribute {@code dataType}. */
  DataType requiredDataType() {
    required("dataType");
    return dataType();
  }

  // -------------------------------------------------------------------- errors

  /**
   * Reads the element at whose start the cursor stands, to its end. What is wrong with it ends the
   * reading of the document; where the document is surveyed, it is noted, the rest of the element
   * is passed over, and {@code orElse} stands in for it.
   */
  <T> T part(Supplier<T> reading, T orElse) {
    if (complaints == null) {
      return reading.get();
    }
    int level = depth;
    int nested = nesting;
    int before = complaints.count();
    String own = xml.getAttributeValue(null, "name");
    try {
      return reading.get();
    } catch (PmmlException e) {
      if (broken) {
        throw e;
      }
      // At the end of an element the complaint is about what it lacks: no news where some of it was
      // complained about.
      if (xml.getEventType() != XMLStreamConstants.END_ELEMENT || complaints.count() == before) {
        complaints.add(subject(), e);
      }
      complaints.lose(own);
      nesting = nested;
      leave(level);
      return orElse;
    }
  }

  /**
   * Whether the document is surveyed. What is read by recursion asks, because {@link #part} takes
   * room on the stack.
   */
  boolean isSurvey() {
    return complaints != null;
  }

  /** As {@link #part(Supplier, Object)}, for a part that gives nothing. */
  void part(Runnable reading) {
    part(
        () -> {
          reading.run();
          return true;
        },
        false);
  }

  /** The current element may not stand here: fails, or passes over it in a survey. */
  void refuse() {
    refuse(unexpected());
  }

  /** As {@link #refuse()}, with what is to be said behind the element's name. */
  void refuse(String problem) {
    refuse(error(name() + problem));
  }

  private void refuse(PmmlException complaint) {
    complain("element " + name(), complaint);
    complaints.lose(xml.getAttributeValue(null, "name"));
    leave(depth);
  }

  /** Fails, or notes the complaint in a survey. */
  void complain(String subject, PmmlException complaint) {
    if (complaints == null) {
      throw complaint;
    }
    complaints.add(subject, complaint);
  }

  /** Passes over the rest of the element that is open at this depth, to its end. */
  private void leave(int level) {
    attributes = 0;
    while (depth >= level) {
      if (advance() == XMLStreamConstants.START_ELEMENT) {
        complaints.lose(xml.getAttributeValue(null, "name"));
      }
    }
  }

  private String subject() {
    boolean named =
        xml.getEventType() == XMLStreamConstants.START_ELEMENT
            || xml.getEventType() == XMLStreamConstants.END_ELEMENT;
    return named ? "element " + name() : "text";
  }

  private String attribute(String attribute) {
    return "attribute " + attribute + " of " + name();
  }

  /** What is wrong where the cursor stands. */
  PmmlException error(String problem) {
    return error(line(), problem);
  }

  /** What is wrong in a line. */
  PmmlException error(int line, String problem) {
    return new PmmlException(place, line, problem);
  }

  /** An attribute's value is none of those it may have. */
  PmmlException bad(String attribute, String text, String expected) {
    return error(
        "attribute "
            + attribute
            + " of "
            + name()
            + " is \""
            + shorten(text)
            + "\"; it must be "
            + expected);
  }

  /** The current element may not stand here. */
  PmmlException unexpected() {
    String name = name();
    if (Vocabulary.UNSUPPORTED.contains(name)) {
      return error(
          name
              + " is not supported yet; supported are TreeModel, RegressionModel, MiningModel, InlineTable"
              + (Vocabulary.SCORED_BY_PMML4S.contains(name)
                  ? "; PMML4S can score it: --evaluator pmml4s"
                  : ""));
    }
    return error(
        "element "
            + name
            + " is unknown or may not stand here; remove it, or put it into an Extension");
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
