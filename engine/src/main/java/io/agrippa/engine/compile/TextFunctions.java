package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DataType.Kind;
import io.agrippa.engine.model.OpType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Functions on texts. */
final class TextFunctions {
  private TextFunctions() {}

  static Node length(Call call) {
    return call.text(
        Types.INTEGER,
        call.allAs(Types.STRING),
        (texts, numbers, result) -> result.set(texts[0].codePointCount(0, texts[0].length())));
  }

  static Node substring(Call call) {
    return call.text(
        Types.STRING,
        List.of(call.as(Types.STRING, 0), call.as(Types.INTEGER, 1), call.as(Types.INTEGER, 2)),
        (texts, numbers, result) ->
            result.set(substring(texts[0], (int) numbers[1], (int) numbers[2])));
  }

  private static String substring(String text, int position, int length) {
    if (position < 1 || length < 0) {
      throw new LiteralException(
          "substring from position %d, of length %d: positions begin with 1, and no length is negative"
              .formatted(position, length));
    }
    int characters = text.codePointCount(0, text.length());
    int from = Math.min(position - 1, characters);
    int start = text.offsetByCodePoints(0, from);
    return text.substring(
        start, text.offsetByCodePoints(start, Math.min(length, characters - from)));
  }

  static Node concat(Call call) {
    return new TextNode(
        Types.STRING,
        call.allAs(Types.STRING),
        TextNode.Missing.IS_SKIPPED,
        call.site(),
        (texts, numbers, result) -> {
          StringBuilder joined = new StringBuilder();
          for (String text : texts) {
            if (text != null) {
              joined.append(text);
            }
          }
          result.set(joined.toString());
        });
  }

  static Node replace(Call call) {
    Patterns patterns = new Patterns(call, 1);
    return call.text(
        Types.STRING,
        call.allAs(Types.STRING),
        (texts, numbers, result) -> {
          try {
            result.set(patterns.of(texts[1]).matcher(texts[0]).replaceAll(replacement(texts[2])));
          } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new LiteralException(
                "the replacement \""
                    + texts[2]
                    + "\" does not fit \""
                    + texts[1]
                    + "\": "
                    + e.getMessage());
          }
        });
  }

  /** {@code $$} is a dollar sign; the rest is as Java has it. */
  private static String replacement(String text) {
    StringBuilder java = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean more = i + 1 < text.length();
      if (c == '$' && more && text.charAt(i + 1) == '$') {
        java.append("\\$");
        i++;
      } else if (c == '\\' && more) {
        java.append(c).append(text.charAt(++i));
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }

  static Node matches(Call call) {
    Patterns patterns = new Patterns(call, 1);
    return call.text(
        Types.BOOLEAN,
        call.allAs(Types.STRING),
        (texts, numbers, result) ->
            result.set(patterns.of(texts[1]).matcher(texts[0]).find() ? 1 : 0));
  }

  /** A regular expression, compiled once where it is constant. */
  private static final class Patterns {
    private final Map<String, Pattern> constant = new HashMap<>();

    Patterns(Call call, int index) {
      if (call.argument(index) instanceof ConstantNode node && node.text() != null) {
        try {
          constant.put(node.text(), RegularExpressions.compile(node.text(), 0));
        } catch (LiteralException e) {
          throw call.site().error(e.getMessage() + "; correct it");
        }
      }
    }

    Pattern of(String text) {
      Pattern known = constant.get(text);
      return known != null ? known : RegularExpressions.compile(text, 0);
    }
  }

  static Node formatNumber(Call call) {
    return call.text(
        Types.STRING,
        List.of(call.number(0), call.as(Types.STRING, 1)),
        (texts, numbers, result) -> result.set(Formats.number(numbers[0], texts[1])));
  }

  static Node formatDatetime(Call call) {
    Node moment = call.argument(0);
    if (moment.type().isText()) {
      moment =
          CastNode.to(moment, new FieldType(DataType.DATE_TIME, OpType.CONTINUOUS), call.site());
    }
    DataType type = moment.type().dataType();
    boolean isMoment =
        type.kind() == Kind.DATE || type.kind() == Kind.TIME || type.kind() == Kind.DATE_TIME;
    if (!isMoment) {
      throw call.site()
          .error(
              "function \"formatDatetime\" takes a date or time, not a value of type "
                  + type
                  + "; convert it");
    }
    List<Node> nodes = new ArrayList<>(List.of(moment, call.as(Types.STRING, 1)));
    return call.text(
        Types.STRING,
        nodes,
        (texts, numbers, result) -> result.set(Formats.moment(numbers[0], type, texts[1])));
  }
}
