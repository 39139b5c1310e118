package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.reference.ReferenceModel;
import io.agrippa.engine.run.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a job computes, before it is bound to columns. */
sealed interface Computation {
  /** The columns that it reads, with the types that a text source is to read them as. */
  List<Field> reads();

  /**
   * Binds it to columns. Its output has the kept columns, then its own.
   *
   * @throws RuntimeException if a column is absent or unfit; the message names it
   */
  BlockOperator bind(Schema columns, List<String> kept);

  /** SHA-256 of the model's document, hexadecimal; empty where there is no model. */
  String digest();

  /**
   * Makes the model's own test, where it has one and its evaluator is to pass it.
   *
   * @throws ModelException if it fails
   */
  void verify();

  /**
   * The same with invalid values of these kinds taken for missing ones.
   *
   * @throws IllegalArgumentException if whoever computes cannot do so
   */
  Computation taking(Set<TakenAsMissing> kinds);

  /** Scoring with a model. */
  record Scoring(CompiledModel model, String digest) implements Computation {
    @Override
    public Computation taking(Set<TakenAsMissing> kinds) {
      return kinds.isEmpty() ? this : new Scoring(model.taking(kinds), digest);
    }

    @Override
    public List<Field> reads() {
      return model.reads();
    }

    @Override
    public BlockOperator bind(Schema columns, List<String> kept) {
      return model.bind(columns, kept);
    }

    @Override
    public void verify() {
      model.verify();
    }
  }

  /** Scoring with a model as PMML4S reads it. */
  record Reference(ReferenceModel model, String place, String digest) implements Computation {
    @Override
    public List<Field> reads() {
      return model.reads();
    }

    @Override
    public BlockOperator bind(Schema columns, List<String> kept) {
      try {
        return model.bind(columns, kept, ReferenceModel.AbsentColumns.REFUSE);
      } catch (IllegalArgumentException e) {
        throw new ModelException(place, 0, e.getMessage(), e);
      }
    }

    @Override
    public Computation taking(Set<TakenAsMissing> kinds) {
      if (!kinds.isEmpty()) {
        throw new IllegalArgumentException(
            "evaluator %s: it takes NaN and unseen categories as it does; leave out --nan-as-missing and --unseen-as-missing, or use %s"
                .formatted(Job.PMML4S_EVALUATOR, Job.OWN_EVALUATOR));
      }
      return this;
    }

    /** Nothing: what PMML4S gives is wanted as it is, and it is known to fail such tests. */
    @Override
    public void verify() {}
  }

  /** Nothing but keeping columns. */
  record Copying() implements Computation {
    @Override
    public List<Field> reads() {
      return List.of();
    }

    @Override
    public String digest() {
      return "";
    }

    @Override
    public void verify() {}

    @Override
    public Computation taking(Set<TakenAsMissing> kinds) {
      return this;
    }

    @Override
    public BlockOperator bind(Schema columns, List<String> kept) {
      List<Integer> positions = new ArrayList<>();
      List<Field> fields = new ArrayList<>();
      for (String name : kept) {
        int position = columns.indexOf(name);
        if (position < 0) {
          throw new IllegalArgumentException(
              "the column \"%s\" is to be kept, but the data has %s; correct the name"
                  .formatted(name, columns));
        }
        positions.add(position);
        fields.add(columns.field(position));
      }
      return new Selection(positions, new Schema(fields));
    }
  }

  /** Some of the columns. */
  record Selection(List<Integer> positions, Schema output) implements BlockOperator {
    @Override
    public Worker worker() {
      return block -> {
        List<Column> columns = positions.stream().map(block::column).toList();
        return new Block(output, block.rows(), columns, block.problems());
      };
    }
  }
}
