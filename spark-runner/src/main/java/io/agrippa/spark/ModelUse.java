package io.agrippa.spark;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.Verify;
import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.run.RowPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a model, in a form that travels.
 *
 * @param model its name, or null for the first
 * @param columns names of the columns that there are
 * @param types their types as texts
 */
record ModelUse(
    String model,
    Map<String, String> inputNames,
    List<String> results,
    Set<TakenAsMissing> taken,
    RowPolicy policy,
    List<String> columns,
    List<String> types)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ModelUse of(ScoringOptions options, Schema columns) {
    return new ModelUse(
        options.load().model().orElse(null),
        options.load().inputNames(),
        options.load().results(),
        options.load().taken(),
        options.rowPolicy(),
        columns.names(),
        columns.fields().stream().map(field -> TypeText.of(field.type())).toList());
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(new Field(columns.get(i), TypeText.parse(types.get(i))));
    }
    return new Schema(fields);
  }

  /** The model bound to the columns. The driver has verified it, and judged what is absent. */
  BlockOperator operator(SharedModel shared) {
    ScoringModel scoring =
        shared.scoringModel(
            new LoadOptions(Optional.ofNullable(model), Verify.NEVER, inputNames, results, taken));
    return scoring.operator(schema(), AbsentColumns.TAKE_AS_MISSING, policy);
  }
}
