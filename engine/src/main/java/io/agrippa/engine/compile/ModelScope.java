package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one model element sees. A name is looked up in its MiningSchema (a DataField first, then
 * what enclosing models hand down), then among its local derived fields, then among the outputs of
 * its segments, then among the global derived fields. An embedded model has no MiningSchema: what
 * is not among its local derived fields is looked up in the model around it.
 *
 * <p>Slots are shared as far as meanings agree: a nested model whose MiningField does nothing new
 * uses the enclosing model's slot, and a global derived field has one slot for all scopes in which
 * its fields are the same slots.
 */
final class ModelScope implements Scope {
  private final PlanBuilder builder;
  private final ModelScope parent;
  private final ModelFrame frame;
  private final ModelScope predicting; // whose target the model predicts: its own, or the parent's
  private final Map<String, MiningField> schema = new LinkedHashMap<>();
  private final Map<String, DerivedField> local = new HashMap<>();
  private final Map<String, FieldHandle> published = new HashMap<>();
  private final Map<String, FieldHandle> resolved = new HashMap<>();
  private final DerivedFields derived;

  /** The scope of a model at the top of the document. */
  static ModelScope of(PlanBuilder builder, Model model) {
    return new ModelScope(builder, null, model.frame(), null);
  }

  /**
   * @param predicting null for the scope itself
   */
  private ModelScope(
      PlanBuilder builder, ModelScope parent, ModelFrame frame, ModelScope predicting) {
    this.builder = builder;
    this.parent = parent;
    this.frame = frame;
    this.predicting = predicting == null ? this : predicting;
    derived = parent == null ? new DerivedFields(builder) : parent.derived;
    for (MiningField field : frame.miningSchema()) {
      if (schema.putIfAbsent(field.name(), field) != null) {
        builder.complain(
            "element MiningField",
            error(
                field.line(),
                "MiningField \"" + field.name() + "\" is listed twice; remove one of them"));
      }
      checkDeclared(field);
    }
    for (DerivedField field : frame.localTransformations()) {
      if (local.putIfAbsent(field.name(), field) != null) {
        builder.complain(
            "element DerivedField",
            error(
                field.line(),
                "DerivedField \"" + field.name() + "\" is defined twice; remove one of them"));
      }
    }
  }

  private void checkDeclared(MiningField field) {
    if (parent == null
        && builder.dataField(field.name()) == null
        && !derived.isGlobal(field.name())) {
      builder.complain(
          "element MiningField",
          builder.unknown(
              field.name(),
              field.line(),
              "MiningField \""
                  + field.name()
                  + "\" is not in the DataDictionary; declare it or remove it"));
      builder.lose(field.name());
    }
  }

  PlanBuilder builder() {
    return builder;
  }

  @Override
  public String algorithm() {
    return frame.algorithmName() != null || parent == null
        ? frame.algorithmName()
        : parent.algorithm();
  }

  @Override
  public ModelException error(int line, String message) {
    return builder.error(line, message);
  }

  @Override
  public FieldHandle field(String name, int line) {
    FieldHandle known = resolved.get(name);
    if (known == null) {
      known = resolve(name, line);
      resolved.put(name, known);
    }
    return known;
  }

  private FieldHandle resolve(String name, int line) {
    MiningField field = schema.get(name);
    if (field != null) {
      return mined(field, line);
    }
    DerivedField derivedField = local.get(name);
    if (derivedField != null) {
      return derived.local(derivedField, this);
    }
    FieldHandle output = published.get(name);
    if (output != null) {
      return output;
    }
    if (frame.isEmbedded() && parent != null) {
      return parent.field(name, line);
    }
    FieldHandle global = derived.global(name, this);
    if (global != null) {
      return global;
    }
    String remedy =
        builder.dataField(name) != null
            ? "add a MiningField for it to the MiningSchema of the " + frame.element()
            : "declare it or correct the name";
    throw builder.unknown(
        name,
        line,
        "field \"" + name + "\" is not known to the " + frame.element() + "; " + remedy);
  }

  private FieldHandle mined(MiningField field, int line) {
    switch (field.usageType()) {
      case ACTIVE, SUPPLEMENTARY, GROUP, ORDER -> {}
      case TARGET, FREQUENCY_WEIGHT, ANALYSIS_WEIGHT ->
          throw error(
              line,
              "field \"%s\" is read, but its MiningField has usageType=\"%s\"; make it active"
                  .formatted(
                      field.name(), field.usageType().name().toLowerCase(java.util.Locale.ROOT)));
    }
    if (parent == null) {
      DataField dataField = builder.dataField(field.name());
      if (dataField == null) {
        FieldHandle global = derived.global(field.name(), this);
        if (global == null) { // was complained about
          throw builder.unknown(field.name(), line, "\"" + field.name() + "\" is not declared");
        }
        return global;
      }
      return treatInput(dataField, field);
    }
    FieldHandle outer = parent.handDown(field.name(), field.line());
    return Treatment.isAnew(field, outer.type()) ? treatAnew(outer, field) : outer;
  }

  /** The field of this name as a nested model's MiningField sees it. */
  private FieldHandle handDown(String name, int line) {
    if (schema.containsKey(name)
        || published.containsKey(name)
        || local.containsKey(name)
        || parent == null) {
      return field(name, line);
    }
    return parent.handDown(name, line);
  }

  /**
   * A data field as a global derived field sees it from this model: treated as the nearest model
   * says whose MiningSchema lists it.
   */
  FieldHandle dataField(String name, int line) {
    return schema.containsKey(name) || parent == null
        ? field(name, line)
        : parent.dataField(name, line);
  }

  /** The values of an input as a target's actual values are needed, whatever its usageType. */
  FieldHandle actual(String name, int line) {
    if (frame.isEmbedded() && parent != null) {
      return parent.actual(name, line);
    }
    DataField dataField = builder.dataField(name);
    MiningField field = schema.get(name);
    if (dataField == null || field == null) {
      throw error(line, "field \"" + name + "\" is not an input of the " + frame.element());
    }
    return parent == null ? treatInput(dataField, field) : parent.actual(name, line);
  }

  private FieldHandle treatInput(DataField dataField, MiningField field) {
    InputSpec input = builder.input(dataField);
    int number = input.number();
    FieldHandle treated =
        treat(
            input.slot(),
            new FieldHandle(dataField.name(), typeOf(dataField, field.opType()), input.slot()),
            field,
            input.domain(),
            (f, row) -> f.inputs().text(number, f, row));
    builder.isTreated(treated, input);
    return treated;
  }

  /** The type of a data field, for a MiningField that may override the optype. */
  static FieldType typeOf(DataField field, OpType override) {
    OpType opType = override != null ? override : field.opType();
    List<String> order = new ArrayList<>();
    if (opType == OpType.ORDINAL) {
      for (Value value : field.values()) {
        if (value.property() == Value.Property.VALID) {
          order.add(value.value());
        }
      }
    }
    return new FieldType(field.dataType(), opType, order);
  }

  private FieldHandle treatAnew(FieldHandle outer, MiningField field) {
    DataField dataField = builder.dataField(field.name());
    OpType opType = field.opType() != null ? field.opType() : outer.type().opType();
    DataType dataType = outer.type().dataType();
    FieldType type = new FieldType(dataType, opType, outer.type().order());
    Domain domain = null;
    if (dataField != null && dataField.dataType().equals(dataType)) {
      type = typeOf(dataField, opType);
      domain = builder.input(dataField).domain();
    }
    int from = outer.slot();
    int slot = domain == null || domain.isOpen() ? from : classify(outer, domain);
    FieldHandle treated =
        treat(
            slot,
            new FieldHandle(outer.name(), type, from),
            field,
            domain,
            (f, row) -> Vectors.text(f.vector(from), dataType, row));
    InputSpec input = builder.treatedInput(from);
    if (input != null) {
      builder.isTreated(treated, input);
    }
    return treated;
  }

  /** A slot that classifies the values of another one anew. */
  private int classify(FieldHandle outer, Domain domain) {
    record Key(int classified) {}
    Key key = new Key(outer.slot());
    FieldHandle known = builder.interned(key);
    if (known != null) {
      return known.slot();
    }
    int memo = builder.memo();
    int from = outer.slot();
    boolean text = outer.type().isText();
    int slot =
        builder.slot(
            (f, out) -> Inputs.reclassify(f, f.vector(from), text, domain, memo, out),
            builder.lateness(from));
    builder.intern(key, new FieldHandle(outer.name(), outer.type(), slot));
    return slot;
  }

  private FieldHandle treat(
      int source, FieldHandle as, MiningField field, Domain domain, Treatment.RowText text) {
    Treatment.Key key = Treatment.Key.of(source, as.type(), field);
    FieldHandle known = builder.interned(key);
    if (known != null) {
      return known;
    }
    Treatment treatment;
    try {
      treatment = new Treatment(field, as.type(), domain);
    } catch (LiteralException e) {
      builder.complain(
          "element MiningField",
          new ModelException(
              builder.document().place(),
              field.line(),
              "MiningField \"" + field.name() + "\": " + e.getMessage(),
              e));
      return builder.intern(key, new FieldHandle(as.name(), as.type(), source));
    }
    int memo = builder.memo();
    int slot =
        builder.slot(
            (f, out) -> treatment.apply(f, f.vector(source), out, memo, text),
            builder.lateness(source));
    FieldHandle treated = new FieldHandle(as.name(), as.type(), slot);
    builder.trace(new TracedField.Treated(treated, source, treatment, text, field.line()));
    return builder.intern(key, treated);
  }

  @Override
  public <T> T part(String subject, Supplier<T> compiling, Supplier<T> instead) {
    return builder.part(subject, compiling, instead);
  }

  @Override
  public boolean isSurvey() {
    return builder.isSurvey();
  }

  @Override
  public void lose(Model model) {
    builder.lose(model);
  }

  @Override
  public TargetField target() {
    return predicting == this ? TargetFields.of(this) : predicting.target();
  }

  @Override
  public ModelPlan withTargets(ModelPlan plan) {
    return TargetPlan.of(plan, this);
  }

  @Override
  public Exports exports(ModelPlan plan) {
    return OutputPlan.of(plan, this);
  }

  /** The enclosing model's scope, or null. */
  ModelScope parent() {
    return parent;
  }

  /** The model whose scope this is. */
  ModelFrame frame() {
    return frame;
  }

  @Override
  public Scope nested(Model model) {
    return new ModelScope(builder, this, model.frame(), null);
  }

  @Override
  public Scope within(Model model) {
    return new ModelScope(builder, this, model.frame(), this);
  }

  @Override
  public boolean declares(String name) {
    return schema.containsKey(name)
        || local.containsKey(name)
        || derived.isGlobal(name)
        || (frame.isEmbedded() && parent != null && parent.declares(name));
  }

  @Override
  public void publish(List<FieldHandle> fields) {
    for (FieldHandle field : fields) {
      published.put(field.name(), field);
    }
  }

  @Override
  public FieldHandle slot(String name, FieldType type) {
    return new FieldHandle(name, type, builder.slot(null));
  }
}
