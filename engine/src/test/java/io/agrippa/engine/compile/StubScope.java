package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scope of declared fields without treatments, and the vectors that they read: a map of values.
 */
final class StubScope implements Scope {
  private final Map<String, FieldHandle> fields = new LinkedHashMap<>();
  private final Map<Integer, Object[]> values = new LinkedHashMap<>();
  private final Map<Integer, long[]> errors = new LinkedHashMap<>();
  private final FieldType target;
  private final DictionaryBuilder texts = new DictionaryBuilder();

  StubScope(FieldType target) {
    this.target = target;
  }

  static StubScope regression() {
    return new StubScope(new FieldType(DataType.DOUBLE, OpType.CONTINUOUS));
  }

  static StubScope classification() {
    return new StubScope(new FieldType(DataType.STRING, OpType.CATEGORICAL));
  }

  StubScope with(String name, FieldType type) {
    fields.put(name, new FieldHandle(name, type, fields.size()));
    return this;
  }

  StubScope number(String name) {
    return with(name, new FieldType(DataType.DOUBLE, OpType.CONTINUOUS));
  }

  StubScope single(String name) {
    return with(name, new FieldType(DataType.FLOAT, OpType.CONTINUOUS));
  }

  StubScope text(String name) {
    return with(name, new FieldType(DataType.STRING, OpType.CATEGORICAL));
  }

  /** The values of the next block: Double or String, null where missing. */
  StubScope rows(String name, Object... rows) {
    values.put(fields.get(name).slot(), rows);
    return this;
  }

  /** Marks a row of a field as one that could not be computed. */
  StubScope error(String name, int row) {
    int slot = fields.get(name).slot();
    long[] bits = errors.computeIfAbsent(slot, s -> new long[Block.MAX_ROWS / 64]);
    Bits.set(bits, row);
    return this;
  }

  /** A frame that has begun a block of the rows set last. */
  Frame frame(int rows) {
    Frame.Step[] steps = new Frame.Step[fields.size()];
    for (FieldHandle field : fields.values()) {
      steps[field.slot()] = (frame, out) -> fill(field, rows, out);
    }
    Frame frame = new Frame(steps, 0, null, Block.MAX_ROWS);
    begin(frame, rows);
    return frame;
  }

  static void begin(Frame frame, int rows) {
    frame.begin(new Block(new Schema(List.of()), rows, List.of()));
  }

  private void fill(FieldHandle field, int rows, Vector out) {
    Object[] column = values.get(field.slot());
    boolean isText = field.type().isText();
    double[] numbers = isText ? null : out.numberBuffer();
    int[] codes = isText ? out.codeBuffer() : null;
    for (int row = 0; row < rows; row++) {
      Object value = column == null || row >= column.length ? null : column[row];
      if (value == null) {
        Bits.set(out.missing == null ? out.missingBuffer() : out.missing, row);
      }
      if (isText) {
        codes[row] = value == null ? -1 : texts.code((String) value);
      } else {
        // A missing row's number is undefined: make it one that would do harm.
        numbers[row] = value == null ? (row % 2 == 0 ? 0 : 1e9) : ((Number) value).doubleValue();
      }
    }
    out.dictionary = isText ? texts.snapshot() : Dictionary.EMPTY;
    long[] failed = errors.get(field.slot());
    if (failed != null) {
      System.arraycopy(failed, 0, out.errorBuffer(), 0, Bits.words(rows));
      for (int w = 0; w < Bits.words(rows); w++) {
        out.missingBuffer()[w] |= failed[w];
      }
    }
  }

  /** Scores the rows set last, all of them. */
  Prediction score(ModelPlan plan, int rows) {
    Frame frame = frame(rows);
    Prediction out = new Prediction(plan.shape(), Block.MAX_ROWS);
    plan.scorer().score(frame, null, out);
    return out;
  }

  List<FieldHandle> handles() {
    return new ArrayList<>(fields.values());
  }

  @Override
  public FieldHandle field(String name, int line) {
    FieldHandle field = fields.get(name);
    if (field == null) {
      throw error(line, "field \"" + name + "\" is not known");
    }
    return field;
  }

  @Override
  public ModelException error(int line, String message) {
    return new ModelException("stub.pmml", line, message);
  }

  @Override
  public TargetField target() {
    return new TargetField("y", target, List.of());
  }

  @Override
  public String algorithm() {
    return null;
  }

  @Override
  public Scope nested(Model model) {
    return model.frame().function() == ModelFrame.Function.REGRESSION && target.isText()
        ? new Inner(new FieldType(DataType.DOUBLE, OpType.CONTINUOUS))
        : this;
  }

  @Override
  public Scope within(Model model) {
    return this;
  }

  @Override
  public boolean declares(String name) {
    return fields.containsKey(name);
  }

  @Override
  public ModelPlan withTargets(ModelPlan plan) {
    return plan;
  }

  @Override
  public Exports exports(ModelPlan plan) {
    return new Exports() {
      @Override
      public List<FieldHandle> outputs() {
        return List.of();
      }

      @Override
      public FieldHandle predicted() {
        return null;
      }

      @Override
      public Publisher publisher() {
        return (frame, scorer, prediction, ran) -> {};
      }
    };
  }

  @Override
  public void publish(List<FieldHandle> published) {
    published.forEach(field -> fields.put(field.name(), field));
  }

  @Override
  public FieldHandle slot(String name, FieldType type) {
    with(name, type);
    return fields.get(name);
  }

  /** The same fields with another target. */
  private final class Inner implements Scope {
    private final FieldType innerTarget;

    Inner(FieldType innerTarget) {
      this.innerTarget = innerTarget;
    }

    @Override
    public FieldHandle field(String name, int line) {
      return StubScope.this.field(name, line);
    }

    @Override
    public ModelException error(int line, String message) {
      return StubScope.this.error(line, message);
    }

    @Override
    public TargetField target() {
      return new TargetField(null, innerTarget, List.of());
    }

    @Override
    public String algorithm() {
      return null;
    }

    @Override
    public Scope nested(Model model) {
      return this;
    }

    @Override
    public Scope within(Model model) {
      return this;
    }

    @Override
    public boolean declares(String name) {
      return StubScope.this.declares(name);
    }

    @Override
    public ModelPlan withTargets(ModelPlan plan) {
      return plan;
    }

    @Override
    public Exports exports(ModelPlan plan) {
      return StubScope.this.exports(plan);
    }

    @Override
    public void publish(List<FieldHandle> published) {
      StubScope.this.publish(published);
    }

    @Override
    public FieldHandle slot(String name, FieldType type) {
      return StubScope.this.slot(name, type);
    }
  }
}
