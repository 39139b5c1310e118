package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OpType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What all scopes of one compilation share: the slots with their steps, the inputs that are read,
 * and the document. Used by one thread.
 */
final class PlanBuilder {
  private final Document document;
  private final Map<String, DataField> dataFields = new LinkedHashMap<>();
  private final List<Frame.Step> steps = new ArrayList<>();
  private final Map<String, InputSpec> inputs = new LinkedHashMap<>();
  private final Map<Object, FieldHandle> interned = new HashMap<>();
  private final Findings findings; // null where the first complaint ends the compilation
  private final Map<Integer, InputSpec> treated = new HashMap<>(); // by slot
  private final Map<Integer, History> histories = new LinkedHashMap<>(); // by slot
  private final Map<List<Integer>, RowGroup> groups = new LinkedHashMap<>(); // by slots
  private final Map<List<Object>, GroupSummary> summaries = new LinkedHashMap<>();
  private final Set<Integer> late = new HashSet<>(); // slots
  private final List<TracedField> traced = new ArrayList<>();
  private int memos;

  PlanBuilder(Document document) {
    this(document, null);
  }

  /** A builder for a survey: what is wrong is found and passed over. The plan is of no use. */
  PlanBuilder(Document document, Findings findings) {
    this.document = document;
    this.findings = findings;
    for (DataField field : document.dataDictionary()) {
      if (dataFields.putIfAbsent(field.name(), field) != null) {
        complain(
            "element DataField",
            error(
                field.line(),
                "DataField \"" + field.name() + "\" is declared twice; remove one of them"));
      }
    }
  }

  /** Whether the document is surveyed. What recurs asks, because parts take room on the stack. */
  boolean isSurvey() {
    return findings != null;
  }

  /**
   * Compiles a part. What is wrong with it ends the compilation; in a survey it is noted, and
   * {@code instead} gives what stands in for the part.
   */
  <T> T part(String subject, Supplier<T> compiling, Supplier<T> instead) {
    if (findings == null) {
      return compiling.get();
    }
    try {
      return compiling.get();
    } catch (ModelException e) {
      findings.add(subject, e);
      return instead.get();
    }
  }

  /** Fails, or notes the complaint in a survey. */
  void complain(String subject, ModelException complaint) {
    if (findings == null) {
      throw complaint;
    }
    findings.add(subject, complaint);
  }

  /** What to throw because a name is not known: no news where it is known why. */
  ModelException unknown(String name, int line, String message) {
    return findings != null && findings.isLost(name)
        ? new Findings.Consequence(document.place(), line, message)
        : error(line, message);
  }

  /** Notes in a survey that a field of this name is not known. */
  void lose(String name) {
    if (findings != null) {
      findings.lose(name);
    }
  }

  /** Notes in a survey that a model's results are not known. */
  void lose(Model model) {
    if (findings != null) {
      findings.lose(model);
    }
  }

  Document document() {
    return document;
  }

  /** The DataField of this name, or null. */
  DataField dataField(String name) {
    return dataFields.get(name);
  }

  /** An error about the document, with its place. */
  ModelException error(int line, String message) {
    return new ModelException(document.place(), line, message);
  }

  /** A new slot. The step is null for a slot that somebody sets. */
  int slot(Frame.Step step) {
    steps.add(step);
    return steps.size() - 1;
  }

  /** A new slot whose step depends on what is known so late. */
  int slot(Frame.Step step, Lateness lateness) {
    int slot = slot(step);
    if (lateness == Lateness.LATE) {
      late.add(slot);
    }
    return slot;
  }

  /** The number of a new translation. */
  int memo() {
    return memos++;
  }

  /** The handle that was remembered for a key, or null. */
  FieldHandle interned(Object key) {
    return interned.get(key);
  }

  /** Remembers a handle. */
  FieldHandle intern(Object key, FieldHandle handle) {
    interned.put(key, handle);
    return handle;
  }

  /** The input for a data field, which is read from now on. */
  InputSpec input(DataField field) {
    InputSpec known = inputs.get(field.name());
    if (known != null) {
      return known;
    }
    if (!field.intervals().isEmpty() && field.opType() != OpType.CONTINUOUS) {
      complain(
          "element DataField",
          error(
              field.line(),
              "DataField \"%s\" has Intervals but is not continuous; list its values instead"
                  .formatted(field.name())));
    }
    int number = inputs.size();
    int slot = slot((frame, out) -> frame.inputs().read(number, frame, out));
    InputSpec spec =
        new InputSpec(
            number,
            field,
            ModelScope.typeOf(field, null),
            new Domain(field.dataType(), field.values(), field.intervals()),
            memo(),
            slot);
    inputs.put(field.name(), spec);
    return spec;
  }

  /** Notes a field that a trace is to show. */
  void trace(TracedField field) {
    traced.add(field);
  }

  /** The fields that a trace shows, in the order of compiling. */
  List<TracedField> traced() {
    return List.copyOf(traced);
  }

  /** The inputs that are read, by number. */
  List<InputSpec> inputs() {
    return List.copyOf(inputs.values());
  }

  /** Notes that a field has an input's values, perhaps treated. */
  void isTreated(FieldHandle field, InputSpec input) {
    treated.put(field.slot(), input);
  }

  /** The input whose values a slot has, perhaps treated; null where it has others. */
  InputSpec treatedInput(int slot) {
    return treated.get(slot);
  }

  /** The values of a field in earlier rows. */
  History history(FieldHandle field) {
    return histories.computeIfAbsent(field.slot(), slot -> new History(field, lateness(slot)));
  }

  /** Consecutive rows with the same values in these fields; all rows where there are none. */
  RowGroup group(List<FieldHandle> fields) {
    return groups.computeIfAbsent(
        fields.stream().map(FieldHandle::slot).toList(),
        slots ->
            new RowGroup(
                fields.stream()
                    .map(field -> new RowGroup.Indicator(field, treatedInput(field.slot())))
                    .toList(),
                slots.stream().anyMatch(slot -> lateness(slot) == Lateness.LATE)
                    ? Lateness.LATE
                    : Lateness.EARLY,
                this));
  }

  /** What an Aggregate takes of each group; the same for all who take the same. */
  GroupSummary summary(
      Expression.Aggregate.Function function, FieldHandle field, RowGroup group, Site site) {
    return summaries.computeIfAbsent(
        List.of(function, field.slot(), group.slot()),
        key -> new GroupSummary(function, field, group, site));
  }

  /** What is to be remembered from block to block. */
  RowMemory memory() {
    return new RowMemory(
        List.copyOf(histories.values()),
        List.copyOf(groups.values()),
        List.copyOf(summaries.values()));
  }

  /** When the values of a slot are known; whoever scores sets those without a step. */
  Lateness lateness(int slot) {
    return late.contains(slot) || (steps.get(slot) == null && !isSurvey())
        ? Lateness.LATE
        : Lateness.EARLY;
  }

  Frame.Step[] steps() {
    return steps.toArray(new Frame.Step[0]);
  }

  int memos() {
    return memos;
  }
}
