package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DataType.Kind;
import io.agrippa.engine.model.OpType;
import java.util.ArrayList;
import java.util.List;

/** A function applied to arguments, on its way to becoming a node. */
record Call(String function, List<Node> arguments, Undefined undefined, Site site) {
  Node argument(int index) {
    return arguments.get(index);
  }

  /**
   * The argument as a number. Texts are none, unless they are constants that can be read as one.
   */
  Node number(int index) {
    Node node = argument(index);
    if (node instanceof ConstantNode constant && node.type().isText() && constant.text() != null) {
      DataType type = Literals.constantType(constant.text().trim());
      return constant.as(type.kind() == Kind.INTEGER ? Types.INTEGER : Types.DOUBLE, site);
    }
    if (node instanceof ConstantNode constant && constant.isMissing()) {
      return ConstantNode.missing(Types.INTEGER);
    }
    if (!Types.isCountable(node.type().dataType())) {
      throw site.error(
          "function \"%s\" takes numbers, but its argument %d is of type %s; convert it"
              .formatted(function, index + 1, node.type().dataType()));
    }
    return node;
  }

  /** All arguments as numbers. */
  List<Node> numbers() {
    List<Node> numbers = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      numbers.add(number(i));
    }
    return numbers;
  }

  /** The widest of the arguments' types: integer, float or double. */
  FieldType widest() {
    FieldType type = Types.INTEGER;
    for (Node number : numbers()) {
      type = Types.widest(type, number.type());
    }
    return type;
  }

  /** The argument converted to a type. */
  Node as(FieldType type, int index) {
    return CastNode.to(argument(index), type, site);
  }

  /** All arguments converted to a type. */
  List<Node> allAs(FieldType type) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      nodes.add(as(type, i));
    }
    return nodes;
  }

  /** The argument as a date, time or both: of its own type, or a text read as this one. */
  Node moment(Kind kind, int index) {
    return CastNode.to(
        argument(index), new FieldType(new DataType(kind, 0), OpType.CONTINUOUS), site);
  }

  /** A function of numbers. */
  Node math(FieldType type, MathNode.Function compute) {
    return new MathNode(type, numbers(), compute, undefined);
  }

  /** A function of texts and numbers that is missing where an argument is. */
  Node text(FieldType type, List<Node> nodes, TextNode.Function compute) {
    return new TextNode(type, nodes, TextNode.Missing.SPREADS, site, compute);
  }
}
