package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles the expression of one element. Used by one thread. */
final class ExpressionCompiler {
  /** Where an expression's field names are looked up. */
  interface Names {
    /**
     * The values of a field.
     *
     * @throws io.agrippa.engine.model.ModelException if there is no such field
     */
    Node node(String name, int line);
  }

  /** What a Lag may look back, so that a document cannot ask for all memory. */
  private static final int MOST_ROWS_BACK = 1 << 20;

  private final PlanBuilder builder;
  private final Names names;
  private final String owner;
  private final String field;
  private final List<String> open; // functions whose bodies are being compiled
  private Lateness lateness = Lateness.EARLY; // of what was compiled so far

  /**
   * A compiler for the expression of one element.
   *
   * @param owner the element, for messages
   * @param field the field that is computed, for messages about rows
   */
  ExpressionCompiler(PlanBuilder builder, Names names, String owner, String field) {
    this(builder, names, owner, field, List.of());
  }

  private ExpressionCompiler(
      PlanBuilder builder, Names names, String owner, String field, List<String> open) {
    this.builder = builder;
    this.names = names;
    this.owner = owner;
    this.field = field;
    this.open = open;
  }

  private Site site(int line) {
    return new Site(builder, owner, field, line);
  }

  /** When the values of what was compiled are known. */
  Lateness lateness() {
    return lateness;
  }

  /** The expression cast to a type. */
  Node compile(Expression expression, FieldType type) {
    return CastNode.to(compile(expression), type, site(expression.line()));
  }

  /** The expression in the type that it has. */
  Node compile(Expression expression) {
    return builder.isSurvey()
        ? builder.part(
            subject(expression), () -> node(expression), () -> ConstantNode.missing(Types.DOUBLE))
        : node(expression);
  }

  private static String subject(Expression expression) {
    return expression instanceof Expression.Apply apply
        ? "function " + apply.function()
        : "element " + expression.getClass().getSimpleName();
  }

  private Node node(Expression expression) {
    Site site = site(expression.line());
    if (expression instanceof Expression.Constant constant) {
      return constant(constant, site);
    }
    if (expression instanceof Expression.FieldRef ref) {
      Node node = named(ref.field(), ref.line());
      return ref.mapMissingTo() == null ? node : MissingFill.of(node, ref.mapMissingTo(), site);
    }
    if (expression instanceof Expression.NormContinuous norm) {
      return NormNodes.continuous(norm, number(norm.field(), "NormContinuous", site), site);
    }
    if (expression instanceof Expression.NormDiscrete norm) {
      return NormNodes.discrete(norm, named(norm.field(), norm.line()), site);
    }
    if (expression instanceof Expression.Discretize discretize) {
      return DiscretizeNode.of(discretize, number(discretize.field(), "Discretize", site), site);
    }
    if (expression instanceof Expression.MapValues map) {
      List<Node> inputs = new ArrayList<>();
      map.inputs().forEach(input -> inputs.add(named(input.field(), input.line())));
      return MapValuesNode.of(map, inputs, site);
    }
    if (expression instanceof Expression.TextIndex index) {
      Node text = CastNode.to(named(index.textField(), index.line()), Types.STRING, site);
      return TextIndexNode.of(index, text, compile(index.expression(), Types.STRING), site);
    }
    if (expression instanceof Expression.Apply apply) {
      return apply(apply, site);
    }
    if (expression instanceof Expression.Lag lag) {
      return lag(lag, site);
    }
    return aggregate((Expression.Aggregate) expression, site);
  }

  /** The values of a field, noting whether they are late. */
  private Node named(String name, int line) {
    Node node = names.node(name, line);
    if (node instanceof SlotNode slot && builder.lateness(slot.slot()) == Lateness.LATE) {
      lateness = Lateness.LATE;
    }
    return node;
  }

  private static Node constant(Expression.Constant constant, Site site) {
    String text = constant.value();
    DataType type = constant.dataType() != null ? constant.dataType() : Literals.constantType(text);
    FieldType fieldType = Types.of(type);
    if (constant.missing() || (text.isEmpty() && !fieldType.isText())) {
      return ConstantNode.missing(fieldType);
    }
    try {
      return ConstantNode.literal(text, fieldType);
    } catch (LiteralException e) {
      throw site.error("Constant " + e.getMessage() + "; correct the value or the dataType");
    }
  }

  private Node number(String name, String element, Site site) {
    Node node = named(name, site.line());
    if (node.type().isText()) {
      throw site.error(
          "%s takes a number, but field \"%s\" is a string; declare it as a number"
              .formatted(element, name));
    }
    return node;
  }

  private Node lag(Expression.Lag lag, Site site) {
    if (lag.n() > MOST_ROWS_BACK) {
      throw site.error(
          "Lag has n=\"%d\"; at most %d rows are remembered, so use a smaller n"
              .formatted(lag.n(), MOST_ROWS_BACK));
    }
    FieldHandle lagged = slot(lag.field(), lag.line());
    List<FieldHandle> indicators =
        lag.blockIndicators().stream().map(name -> slot(name, lag.line())).toList();
    return LagNode.of(lag, builder.history(lagged), builder.group(indicators), site);
  }

  private Node aggregate(Expression.Aggregate aggregate, Site site) {
    if (aggregate.sqlWhere() != null && !aggregate.sqlWhere().isBlank()) {
      throw site.error(
          "Aggregate has sqlWhere=\"%s\", and SQL is not evaluated; instead, aggregate a DerivedField that has a value only where the condition holds (function \"if\")"
              .formatted(aggregate.sqlWhere()));
    }
    if (aggregate.function() == Expression.Aggregate.Function.MULTISET) {
      throw site.error(
          "Aggregate has function=\"multiset\", but nothing that is scored takes a set of values; use count, sum, average, min or max");
    }
    FieldHandle values = gathered(aggregate.field(), site);
    FieldHandle key =
        aggregate.groupField() == null ? null : gathered(aggregate.groupField(), site);
    RowGroup group = builder.group(key == null ? List.of() : List.of(key));
    AggregateNode node =
        AggregateNode.of(
            builder.summary(aggregate.function(), values, group, site), aggregate, key, site);
    lateness = Lateness.LATE;
    return node;
  }

  /** The slot of a name's values, which must be known before rows are scored. */
  private FieldHandle gathered(String name, Site site) {
    FieldHandle field = slot(name, site.line());
    if (builder.lateness(field.slot()) == Lateness.LATE) {
      throw site.error(
          "Aggregate takes the field \"%s\", which depends on another Aggregate or on the result of a model, and groups are gathered before either is known; use a field of the data, or one derived from such fields"
              .formatted(name));
    }
    return field;
  }

  /** The slot of a name's values. */
  private FieldHandle slot(String name, int line) {
    Node node = named(name, line);
    int slot =
        node instanceof SlotNode known ? known.slot() : builder.slot(node::evaluate, lateness);
    return new FieldHandle(name, node.type(), slot);
  }

  private Node apply(Expression.Apply apply, Site site) {
    List<Node> arguments = new ArrayList<>();
    apply.arguments().forEach(argument -> arguments.add(compile(argument)));
    String fill = apply.mapMissingTo();
    List<Node> needed = arguments; // those in whose place the fill stands, where they are missing
    if (fill != null && apply.function().equals("if")) {
      // only the branch taken is looked at, and one that is not given is no argument
      needed = arguments.subList(0, Math.min(1, arguments.size()));
      List<Node> branches = arguments.subList(needed.size(), arguments.size());
      branches.replaceAll(branch -> MissingFill.of(branch, fill, site));
    }
    if (fill != null) {
      needed.replaceAll(this::inSlot);
    }
    Node node = call(apply, arguments, site);
    if (fill != null) {
      node = MissingFill.ofArguments(node, needed, fill, site);
    }
    return apply.defaultValue() == null ? node : MissingFill.of(node, apply.defaultValue(), site);
  }

  private Node call(Expression.Apply apply, List<Node> arguments, Site site) {
    String name = apply.function();
    Functions.Builtin builtin = Functions.of(name);
    if (builtin != null) {
      if (!builtin.takes(arguments.size())) {
        throw site.error(
            "function \"%s\" takes %s, not %d".formatted(name, builtin.arity(), arguments.size()));
      }
      Undefined undefined = new Undefined(apply.invalidValueTreatment(), name, site);
      return builtin.maker().make(new Call(name, arguments, undefined, site));
    }
    for (DefineFunction function : builder.document().functions()) {
      if (function.name().equals(name)) {
        return expand(function, arguments, site);
      }
    }
    throw builder.unknown(
        name,
        site.line(),
        owner + ": function \"" + name + "\" is not known; define it or correct the name");
  }

  /** The body of a defined function with these arguments. */
  private Node expand(DefineFunction function, List<Node> arguments, Site site) {
    List<DefineFunction.Parameter> parameters = function.parameters();
    if (parameters.size() != arguments.size()) {
      throw site.error(
          "function \"%s\" has %d parameters, but is given %d arguments"
              .formatted(function.name(), parameters.size(), arguments.size()));
    }
    if (open.contains(function.name())) {
      throw site.error(
          "function \""
              + function.name()
              + "\" calls itself, which PMML does not allow; unroll it");
    }
    Map<String, Node> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      DefineFunction.Parameter parameter = parameters.get(i);
      Node value = arguments.get(i);
      if (parameter.dataType() != null) {
        value = CastNode.to(value, parameterType(parameter), site);
      }
      values.put(parameter.name(), inSlot(value));
    }
    List<String> inner = new ArrayList<>(open);
    inner.add(function.name());
    Names parametersOnly =
        (name, line) -> {
          Node value = values.get(name);
          if (value == null) {
            throw builder.error(
                line,
                "\"%s\" is not a parameter of the function \"%s\", and it sees nothing else; pass it"
                    .formatted(name, function.name()));
          }
          return value;
        };
    ExpressionCompiler body = new ExpressionCompiler(builder, parametersOnly, owner, field, inner);
    Node node =
        function.dataType() == null
            ? body.compile(function.expression())
            : body.compile(function.expression(), resultType(function));
    if (body.lateness() == Lateness.LATE) {
      lateness = Lateness.LATE;
    }
    return node;
  }

  private static FieldType parameterType(DefineFunction.Parameter parameter) {
    FieldType type = Types.of(parameter.dataType());
    return parameter.opType() == null ? type : new FieldType(type.dataType(), parameter.opType());
  }

  private static FieldType resultType(DefineFunction function) {
    FieldType type = Types.of(function.dataType());
    return function.opType() == null ? type : new FieldType(type.dataType(), function.opType());
  }

  /** A node that may be asked many times: what computes is given a slot. */
  private Node inSlot(Node node) {
    if (node instanceof ConstantNode || node instanceof SlotNode) {
      return node;
    }
    int slot = builder.slot(node::evaluate, lateness);
    return new SlotNode(new FieldHandle(field, node.type(), slot), node.type());
  }
}
