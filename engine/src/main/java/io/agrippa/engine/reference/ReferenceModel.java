package io.agrippa.engine.reference;

import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A model as PMML4S reads it. Safe for use by many threads; PMML4S's own model is not, so each
 * worker of an operator builds one of its own from the document, which takes time and memory for
 * each.
 */
public final class ReferenceModel {
  /** What it means that the data has no column for a field that the model lists. */
  public enum AbsentColumns {
    /** A mistake: binding fails. */
    REFUSE,
    /** The field is missing in all rows. */
    TAKE_AS_MISSING
  }

  private final byte[] document;
  private final AtomicReference<Pmml4sModel> first; // built to see what it is; the first worker's
  private final Optional<String> name;
  private final List<Input> inputs;
  private final List<Result> results;

  private ReferenceModel(byte[] document, Pmml4sModel model) {
    this.document = document;
    first = new AtomicReference<>(model);
    name = model.name();
    inputs = model.inputs();
    results = model.results();
  }

  /**
   * Reads the first model of a document.
   *
   * @param document plain XML in UTF-8, well formed, without document type and entities: PMML4S's
   *     parser is not guarded against anything else. Not copied: nobody may change it
   * @throws ReferenceException if PMML4S is not on the class path or does not read the document
   */
  public static ReferenceModel read(byte[] document) {
    KnownFaults.requireRepeatable(document);
    try {
      return new ReferenceModel(document, Pmml4sModel.load(document));
    } catch (LinkageError e) {
      throw new ReferenceException(
          "PMML4S needs a class that is not on the class path ("
              + e.getMessage()
              + "); add org.pmml4s:pmml4s_2.13:0.9.15 with all that it depends on, among that scala-xml 1.2 (2.x has not what it calls)",
          e);
    }
  }

  /** The modelName of the model that was read. */
  public Optional<String> name() {
    return name;
  }

  /**
   * What PMML4S is known to get wrong that may concern this document: verbs and the rest of
   * sentences that begin with PMML4S.
   */
  public List<String> knownFaults() {
    return KnownFaults.of(document);
  }

  /** The columns to read for it out of a text source, with the types to read them as. */
  public List<Field> reads() {
    return inputs.stream().map(input -> new Field(input.name(), input.kind().textType())).toList();
  }

  /**
   * The results that it gives. The predicted value of a model that does not name it in its Output
   * has the name of the target field, or {@code _target} where there is none.
   */
  public List<Field> results() {
    return results.stream().map(result -> new Field(result.name(), result.type())).toList();
  }

  /**
   * Makes the model an operator on blocks of these columns. Its output has the kept columns, then
   * the results. Where the data has a name more than once, the model takes the first and the last
   * is kept.
   *
   * @param kept names of the columns to keep, in order
   * @throws IllegalArgumentException if a column is absent or of a type that the field cannot take,
   *     or is kept twice; the message names it
   */
  public BlockOperator bind(Schema columns, List<String> kept, AbsentColumns absent) {
    List<InputReader> readers = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Input input : inputs) {
      int column = columns.indexOf(input.name());
      if (column < 0) {
        missing.add(input.name());
      }
      readers.add(InputReader.of(input, column, columns));
    }
    if (!missing.isEmpty() && absent == AbsentColumns.REFUSE) {
      throw new IllegalArgumentException(
          "the data has no column %s, which the model lists and PMML4S asks for; rename or add it. The data has %s"
              .formatted(quoted(missing), quoted(columns.names())));
    }
    List<Integer> positions = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String column : kept) {
      int position = columns.names().lastIndexOf(column);
      if (position < 0) {
        throw new IllegalArgumentException(
            "the column \"%s\" is to be kept, but the data has %s; correct the name"
                .formatted(column, quoted(columns.names())));
      }
      if (!seen.add(column)) {
        throw new IllegalArgumentException(
            "the column \"" + column + "\" is to be kept twice; name it once");
      }
      positions.add(position);
      fields.add(columns.field(position));
    }
    fields.addAll(results());
    return new ReferenceOperator(this::model, readers, positions, results, new Schema(fields));
  }

  /** A model for one thread. */
  private Pmml4sModel model() {
    Pmml4sModel model = first.getAndSet(null);
    return model != null ? model : Pmml4sModel.load(document);
  }

  private static String quoted(List<String> names) {
    return names.isEmpty() ? "no columns" : "\"" + String.join("\", \"", names) + "\"";
  }
}
