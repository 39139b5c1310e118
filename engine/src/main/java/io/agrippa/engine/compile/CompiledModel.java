package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model that was compiled into a plan. {@link #bind} makes it an operator on blocks of given
 * columns. Immutable; safe for use by many threads.
 */
public final class CompiledModel {
  private final Document document;
  private final Model model;
  private final ModelFrame frame;
  private final List<TracedField> traced;
  private final Frame.Step[] steps;
  private final int memos;
  private final List<InputSpec> specs;
  private final RowMemory memory;
  private final ModelPlan plan;
  private final OutputPlan outputs;
  private final Results results;
  private final List<InputField> inputs;
  private final Set<TakenAsMissing> taken;

  CompiledModel(
      Document document, Model model, PlanBuilder builder, ModelPlan plan, OutputPlan outputs) {
    this.document = document;
    this.model = model;
    frame = model.frame();
    traced = builder.traced();
    this.plan = plan;
    this.outputs = outputs;
    steps = builder.steps();
    memos = builder.memos();
    specs = builder.inputs();
    memory = builder.memory();
    results = Results.of(plan, outputs, Results.Extent.FINAL);
    inputs = inputFields(builder);
    taken = Set.of();
  }

  private CompiledModel(CompiledModel other, Results results, Set<TakenAsMissing> taken) {
    document = other.document;
    model = other.model;
    frame = other.frame;
    traced = other.traced;
    plan = other.plan;
    outputs = other.outputs;
    steps = other.steps;
    memos = other.memos;
    specs = other.specs;
    memory = other.memory;
    inputs = other.inputs;
    this.results = results;
    this.taken = Set.copyOf(taken);
  }

  /** This model with all Output fields as results, those with {@code isFinalResult="false"} too. */
  public CompiledModel withIntermediateResults() {
    return new CompiledModel(this, Results.of(plan, outputs, Results.Extent.ALL), taken);
  }

  /**
   * This model with these results alone, in this order; they may be Output fields with {@code
   * isFinalResult="false"}.
   *
   * @throws io.agrippa.engine.model.ModelException if the model gives no such result; the message
   *     names it and those that it gives
   */
  public CompiledModel withResults(List<String> names) {
    Results all = Results.of(plan, outputs, Results.Extent.ALL);
    return new CompiledModel(this, all.select(names, place()), taken);
  }

  /** This model with input values of these kinds taken for missing ones. */
  public CompiledModel taking(Set<TakenAsMissing> kinds) {
    return new CompiledModel(this, results, kinds);
  }

  Set<TakenAsMissing> taken() {
    return taken;
  }

  private List<InputField> inputFields(PlanBuilder builder) {
    Map<String, InputField> fields = new LinkedHashMap<>();
    for (MiningField field : frame.miningSchema()) {
      DataField dataField = builder.dataField(field.name());
      boolean input =
          field.usageType() == MiningField.UsageType.ACTIVE
              || field.usageType() == MiningField.UsageType.SUPPLEMENTARY;
      if (dataField != null && input) {
        InputSpec spec =
            new InputSpec(
                -1,
                dataField,
                ModelScope.typeOf(dataField, field.opType()),
                new Domain(dataField.dataType(), dataField.values(), dataField.intervals()),
                -1,
                -1);
        fields.put(field.name(), describe(spec, InputField.Need.UNUSED));
      }
    }
    for (InputSpec spec : specs) {
      fields.put(spec.field().name(), describe(spec, InputField.Need.READ));
    }
    return List.copyOf(fields.values());
  }

  private static InputField describe(InputSpec spec, InputField.Need need) {
    return new InputField(
        spec.field().name(),
        spec.type().dataType(),
        spec.type().opType(),
        spec.textType(),
        spec.domain().validTexts(),
        spec.domain().ranges(),
        need);
  }

  /** Where the document came from, for messages. */
  public String place() {
    return document.place();
  }

  /** What all model elements have: name, function, fields. */
  public ModelFrame frame() {
    return frame;
  }

  /** The document that the model was compiled from. */
  public Document document() {
    return document;
  }

  /** The fields that the model takes, in the order of its MiningSchema. */
  public List<InputField> inputs() {
    return inputs;
  }

  /** The results that it gives, in the order of its columns. */
  public List<ResultField> results() {
    return results.fields();
  }

  /** The columns to read for it out of a text source, with the types to read them as. */
  public List<Field> reads() {
    return specs.stream().map(spec -> new Field(spec.field().name(), spec.textType())).toList();
  }

  /**
   * Whether results depend on other rows (Lag and Aggregate do that), in the names of the fields
   * that the model reads.
   */
  public RowDependency dependency() {
    return memory.dependency();
  }

  /** As {@link #bind(Schema, List, AbsentColumns)}; an absent column is a mistake. */
  public ModelOperator bind(Schema columns, List<String> kept) {
    return bind(columns, kept, AbsentColumns.REFUSE);
  }

  /**
   * Makes the model an operator on blocks of these columns. Its output has the kept columns, then
   * the results. Where the data has a name more than once (a column that the model reads as a
   * number and the user keeps as text), the model takes the first and the last is kept. A kept
   * column may have the name of a result.
   *
   * @param kept names of the columns to keep, in order
   * @throws io.agrippa.engine.model.ModelException if a column is absent or of a type that the
   *     field cannot take, or if a column is kept twice; the message names them
   */
  public ModelOperator bind(Schema columns, List<String> kept, AbsentColumns absent) {
    return new ColumnBinding(this, columns).bind(kept, absent);
  }

  /**
   * Scores the rows of the document's ModelVerification and compares the results.
   *
   * @return the number of rows that were compared, 0 where the document has none
   * @throws io.agrippa.engine.model.ModelException if a result is not the one that the document
   *     gives; the message names row, field and both values
   */
  public int verify() {
    return frame.verification() == null
        ? 0
        : new ModelVerifier(this, frame.verification()).verify();
  }

  /**
   * As {@link #verify}, but says how all results compare instead of failing at the first that
   * differs. Without a ModelVerification there are no rows and no columns.
   *
   * @throws io.agrippa.engine.model.ModelException if the ModelVerification names a field that
   *     there is not
   */
  public VerificationReport compareVerification() {
    return frame.verification() == null
        ? new VerificationReport(0, List.of(), List.of())
        : new ModelVerifier(this, frame.verification()).report();
  }

  /**
   * The inputs of the rows of the document's ModelVerification, as texts; none where it has none.
   * To be scored with absent columns taken as missing.
   *
   * @throws io.agrippa.engine.model.ModelException if the ModelVerification names a field that
   *     there is not
   */
  public List<Block> verificationInputs() {
    return frame.verification() == null
        ? List.of()
        : new ModelVerifier(this, frame.verification()).inputs();
  }

  Frame frame(Inputs bound, int capacity) {
    return new Frame(steps, memos, bound, capacity);
  }

  Model model() {
    return model;
  }

  /** The fields that a trace shows. */
  List<TracedField> traced() {
    return traced;
  }

  List<InputSpec> specs() {
    return specs;
  }

  RowMemory memory() {
    return memory;
  }

  ModelPlan plan() {
    return plan;
  }

  OutputPlan outputPlan() {
    return outputs;
  }

  List<FieldHandle> resultSlots() {
    return new ArrayList<>(results.slots());
  }
}
